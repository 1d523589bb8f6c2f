import type {
  BenefitPartner,
  BookingView,
  ClaimState,
  NominationRound,
  NominationState,
  OfferPlace,
  OfferState,
  OfferView,
  OfferWay,
  SettlementState,
} from "../../client/types";
import type { Tone } from "../parts/tones";

/** Where an offer stands, in words. */
export const OFFER_STATES: Record<OfferState, [string, Tone]> = {
  draft: ["草稿", "quiet"],
  published: ["进行中", "good"],
  closed: ["已结束", "plain"],
};

/** How offers are sought by where they stand. */
export const OFFER_STANDINGS = {
  draft: { label: OFFER_STATES.draft[0], asked: { state: "draft" } },
  published: { label: OFFER_STATES.published[0], asked: { state: "published", run_out: false } },
  run_out: { label: "已过使用截止日", asked: { state: "published", run_out: true } },
  too_late: { label: "已过使用截止日，没有抽签", asked: { state: "published", too_late: true } },
  closed: { label: OFFER_STATES.closed[0], asked: { state: "closed" } },
} as const;

/** The same on a day: what has run out goes on no more, though nobody ended it. */
export const offerStanding = (offer: OfferView, today: string): [string, Tone] =>
  offer.state === "published" && offer.redeem_until < today
    ? [OFFER_STANDINGS.run_out.label, "plain"]
    : OFFER_STATES[offer.state];

/** How many pieces are taken, where what ran out and went back is not among them; an offer that is over tells of both. */
export const NOT_EXPIRED = "已领（不含过期）";

/** How it is decided who gets it, in words. */
export const OFFER_WAYS: Record<OfferWay, string> = {
  first_come: "先到先得",
  draw: "报名抽签",
  nominate: "推荐公示",
};

/** Where a round of nominations stands. */
export const NOMINATION_TONES: Record<NominationRound["phase"], Tone> = {
  soon: "quiet",
  nominating: "good",
  deciding: "watch",
  public: "plain",
  waiting: "watch",
  given: "quiet",
  ended: "quiet",
};

/** What became of a nomination, in words. */
export const NOMINATION_STATES: Record<NominationState, [string, Tone]> = {
  proposed: ["待审批", "watch"],
  approved: ["审批通过", "good"],
  refused: ["未通过", "quiet"],
  withdrawn: ["已撤回", "quiet"],
  given: ["已发放", "good"],
};

/** Where a claim stands, in words. */
export const CLAIM_STATES: Record<ClaimState, [string, Tone]> = {
  claimed: ["待使用", "watch"],
  redeemed: ["已使用", "good"],
  returned: ["已取消", "quiet"],
  expired: ["已过期", "quiet"],
  voided: ["已作废", "quiet"],
};

/** A place of redemption, and why nobody is served there today. */
export const placeName = (place: OfferPlace) => (place.shut ? `${place.name}（${place.shut}）` : place.name);

/** Kinds of places of redemption. */
export const PARTNER_KINDS: Record<BenefitPartner["kind"], string> = {
  station: "工会驿站",
  canteen: "餐厅、食堂",
  shop: "商户",
  hospital: "医院、体检机构",
  resort: "疗休养基地",
  other: "其他",
};

/** Where a statement stands, in words. */
export const SETTLEMENT_STATES: Record<SettlementState, [string, Tone]> = {
  open: ["待结算", "watch"],
  settled: ["已结算", "good"],
};

/** What became of a line of the budget that was to pay. */
export const BOOKING_TONES: Record<BookingView["state"], Tone> = { waiting: "watch", booked: "good", refused: "bad" };

/** What statements wait for. */
export const SETTLEMENT_TODO = {
  answer: "异议待答复",
  settle: "待结算（月份已结束）",
  pay: "待付款",
  book: "已付款，没有列支",
} as const;

/** What rounds of nominations wait for. */
export const NOMINATION_TODO = {
  decide: "推荐待审批",
  show: "审批完，待公示",
  answer: "异议待答复",
  postpone: "公示期满，使用截止日已过",
} as const;

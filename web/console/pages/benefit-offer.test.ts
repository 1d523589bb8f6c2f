import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, officer, press, type Sent, serve } from "../testing";
import BenefitOffer from "./benefit-offer";

/** An offer of meals, as far as its page reads it. */
const OFFER = {
  id: "7",
  organisation_id: "2",
  title: "爱心餐",
  state: "published",
  way: "first_come",
  unit: "份",
  audience: {},
  audience_organisations: [],
  places: [],
};

test("an offer is amended as it was read, though the page asks again while one writes", async () => {
  const session = officer("benefit.publish");
  const offer = {
    ...OFFER,
    description: "原来的说明",
    redeem_from: "2026-07-01",
    redeem_until: "2026-08-31",
    rounds: [],
  };
  let version = 1;
  const sent = serve({
    "GET /session": session,
    "GET /benefit-offers/7": () => ({ ...offer, version, description: version > 1 ? "别人改的" : offer.description }),
    "POST /benefit-offers/7/amend": offer,
  });
  const { client } = draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await press("更正、延期、增加核销点、改经费项目");
  await soon(() => expect(document.querySelector("textarea")?.value).toBe("原来的说明"));
  version = 2;
  await client.invalidateQueries();
  await soon(() => expect(document.body.textContent).toContain("别人改的"));
  await press("保存");
  await soon(() => expect(sent.find((one) => one.method === "POST")?.headers["if-match"]).toBe('"1"'));
});

test("claims are sought by round, place and day, and tell their round", async () => {
  const round = (id: string, opens_at: string) => ({
    id,
    opens_at,
    closes_at: "2026-07-09T09:00:00+08:00",
    shares: [],
  });
  const offer = {
    ...OFFER,
    state: "closed",
    places: [{ id: "3", name: "红城驿站", shut: null }],
    rounds: [round("8", "2026-07-01T09:00:00+08:00"), round("9", "2026-07-02T10:00:00+08:00")],
  };
  const claim = {
    id: "1",
    person_id: "5",
    name: "王*",
    state: "redeemed",
    state_label: "已使用",
    claimed_at: "2026-07-03T12:00:00+08:00",
    round_opens_at: "2026-07-02T10:00:00+08:00",
  };
  const sent = serve({
    "GET /session": officer("benefit.export"),
    "GET /benefit-offers/7": offer,
    "GET /benefit-offers/7/claims": { items: [claim], total: 1 },
  });
  const address = "/benefit-offers/7?round=9&place=3&from=2026-07-02&to=2026-07-03";
  const { place } = draw(createElement(BenefitOffer), "/benefit-offers/:id", address);
  await soon(() => expect(place.textContent).toContain("2026年7月2日 10:00 开放"));
  const asked = sent.find((one) => one.path.startsWith("/benefit-offers/7/claims?round"));
  expect(asked?.path).toBe("/benefit-offers/7/claims?round=9&place=3&from=2026-07-02&to=2026-07-03");
  // The list of redemptions beside it has filters of its own.
  const beside = sent.find((one) => one.path.startsWith("/benefit-redemptions"));
  expect(beside?.path).toBe("/benefit-redemptions?offer=7");
});

test("what was set aside for a union is made everybody's, and what is everybody's is not", async () => {
  const share = (organisation_id: string, organisation: string) => ({
    organisation_id,
    organisation,
    quota: 5,
    given: 2,
  });
  const offer = {
    ...OFFER,
    rounds: [
      {
        id: "8",
        opens_at: "2026-07-01T09:00:00+08:00",
        closes_at: "2999-07-09T09:00:00+08:00",
        shares: [share("2", "包头市总工会"), share("3", "骑手联合工会")],
      },
    ],
  };
  const sent = serve({
    "GET /session": officer("benefit.publish"),
    "GET /benefit-offers/7": offer,
    "POST /benefit-rounds/8/pool": { ...offer, rounds: [{ ...offer.rounds[0], shares: [share("2", "包头市总工会")] }] },
  });
  draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await soon(() => expect(document.body.textContent).toContain("其他工会共用 2 / 5"));
  await press("转为共用");
  await soon(() => expect(document.body.textContent).toContain("余下的 3 份并入大家共用的"));
  await press("并入共用");
  await soon(() => expect(sent.find((one) => one.method === "POST")?.body).toEqual({ organisation_id: "3" }));
  const rows = () => [...document.querySelectorAll("tbody tr")].map((row) => row.textContent).join("\n");
  await soon(() => expect(rows()).not.toContain("骑手联合工会"));
  expect(rows()).toContain("大家共用 2 / 5");
  expect(rows()).not.toContain("转为共用");
});

test("a round is changed as it was read, though the page asks again while one writes", async () => {
  const round = { id: "8", total: 5, given: 0, shares: [] };
  const offer = { ...OFFER, unit_fen: 0, total: 5, budget_line: "", redeem_from: "2999-07-01" };
  let version = 1;
  const days = () => (version > 1 ? "2999-08" : "2999-07");
  const shown = () => ({
    ...offer,
    version,
    rounds: [{ ...round, opens_at: `${days()}-01T09:00:00+08:00`, closes_at: `${days()}-09T09:00:00+08:00` }],
  });
  const sent = serve({
    "GET /session": officer("benefit.publish"),
    "GET /benefit-offers/7": shown,
    "PUT /benefit-rounds/8": shown,
  });
  const { client } = draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await press("修改");
  await soon(() => expect(document.body.textContent).toContain("修改领取场次"));
  version = 2;
  await client.invalidateQueries();
  await soon(() => expect(document.body.textContent).toContain("2999年8月1日"));
  await press("保存");
  await soon(() => expect(sent.find((one) => one.method === "PUT")?.headers["if-match"]).toBe('"1"'));
});

test.each([
  ["first_come", "领取中"],
  ["draw", "报名中"],
  ["nominate", "推荐中"],
])("of an open round it is said what goes on: %s", async (way, said) => {
  const times = { opens_at: "2026-07-01T09:00:00+08:00", closes_at: "2999-07-09T09:00:00+08:00" };
  serve({
    "GET /session": officer(),
    "GET /benefit-offers/7": { ...OFFER, way, rounds: [{ id: "8", ...times, open: true, shares: [] }] },
  });
  draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await soon(() => expect(document.body.textContent).toContain(said));
});

test("an offer whose last day is over is not said to go on, nor that any of it is still to be had", async () => {
  const offer = { ...OFFER, redeem_from: "2026-06-01", redeem_until: "2026-07-04", total: 5, given: 2, rounds: [] };
  serve({ "GET /benefit-offers/7": offer });
  const { place } = draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await soon(() => expect(place.textContent).toContain("已过使用截止日"));
  expect(place.textContent).toContain("没有领的3");
  expect(place.textContent).not.toContain("进行中");
});

test("what was taken and ran out is not said never to have been taken", async () => {
  const offer = { ...OFFER, redeem_from: "2026-06-01", redeem_until: "2026-07-04", total: 20, given: 3, redeemed: 3 };
  serve({
    "GET /benefit-offers/7": { ...offer, rounds: [] },
    "GET /benefit-offers/7/claims": ({ path }: Sent) => ({
      items: [],
      total: path.includes("state=expired") ? 16 : 19,
    }),
  });
  const { place } = draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await soon(() => expect(place.textContent).toContain("过期没用16"));
  const told = place.querySelector(".offer-numbers")?.textContent;
  expect(told).toContain("已领19");
  expect(told).toContain("没有领的1");
});

test("how many were promised it at the event and have not got it is said, with what helps them", async () => {
  serve({ "GET /benefit-offers/7": { ...OFFER, event_id: "4", promised_waiting: 3, rounds: [] } });
  const { place } = draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await soon(() => expect(place.textContent).toContain("还有 3 名在活动现场入会的职工没有得到"));
});

test("whoever ends an offer whose names are still to be drawn reads how many have put theirs in", async () => {
  const round = { id: "8", opens_at: "2026-07-01T09:00:00+08:00", shares: [] };
  const open = { ...round, closes_at: "2999-07-09T09:00:00+08:00", entered: 1200 };
  const drawn = { ...round, id: "9", closes_at: "2026-07-02T09:00:00+08:00", entered: 30 };
  const late = { ...drawn, id: "10", entered: 5, too_late: true };
  serve({
    "GET /session": officer("benefit.publish"),
    "GET /benefit-offers/7": { ...OFFER, way: "draw", rounds: [open, drawn, late] },
  });
  draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await press("结束服务");
  await soon(() => expect(document.body.textContent).toContain("已报名的 1,205 人不再抽签"));
});

test("what a union above offers is read with one's own pieces and people, and nothing is done with it", async () => {
  const times = { opens_at: "2026-07-01T09:00:00+08:00", closes_at: "2999-07-09T09:00:00+08:00" };
  const own = { organisation_id: "3", organisation: "骑手联合工会", quota: 5, given: 2 };
  const round = { id: "8", ...times, open: true, total: 5, given: 2, shared: true, shares: [own] };
  const offer = {
    ...OFFER,
    organisation: "包头市总工会",
    from_above: true,
    by_batch: true,
    redeem_from: "2026-07-01",
    redeem_until: "2999-07-31",
    unit_fen: 1500,
    budget_line: "",
    total: 5,
    given: 2,
    redeemed: 0,
    rounds: [round],
  };
  const claim = { id: "1", person_id: "5", name: "王*", claimed_at: "2026-07-03T12:00:00+08:00" };
  const claims = [
    { ...claim, state: "redeemed", state_label: "已使用" },
    { ...claim, id: "2", state: "claimed", state_label: "待使用" },
  ];
  const sent = serve({
    "GET /session": officer("benefit.keep", "benefit.publish", "benefit.redeem", "benefit.export"),
    "GET /benefit-offers/7": offer,
    "GET /benefit-offers/7/claims": { items: claims, total: 2 },
  });
  const { place } = draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await soon(() => expect(place.textContent).toContain("待使用"));
  const said = place.textContent;
  expect(said).toContain("上级工会提供，只能查看");
  expect(said).toContain("分到的名额5");
  expect(said).toContain("骑手联合工会 2 / 5");
  expect(said).toContain("另有与其他工会共用的名额");
  for (const act of ["更正", "结束服务", "作废", "撤销核销", "增加场次", "转为共用", "导出"])
    expect(said).not.toContain(act);
  for (const hidden of ["经费来源", "已使用金额", "核销记录"]) expect(said).not.toContain(hidden);
  const asked = sent.map((one) => one.path);
  expect(asked.some((path) => path.includes("/batches") || path.startsWith("/benefit-redemptions"))).toBe(false);
});

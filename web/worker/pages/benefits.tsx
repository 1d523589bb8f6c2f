import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { useAction } from "../../client/action";
import { timeNow } from "../../client/clock";
import { Problem } from "../../client/http";
import type { ClaimAnswer, EntryAnswer, Me, MyOffer, MyVoucher } from "../../client/types";
import { count, fromTo, minute, span } from "../../shared/words";
import { tell } from "../ask";
import { ending, few, goodFor } from "../benefit/until";
import { Failed, Frame } from "../frame";
import { waits } from "../standing";
import { Answered, isStranger, useMine } from "../use-mine";

/** How often the list is asked for anew, in milliseconds: a round opens, or what was gone is free again. */
const RENEW = 20_000;

/** What is offered to me, and what I claimed. */
export default function BenefitsPage() {
  const offers = useMine<MyOffer[]>("/me/benefits", { refetchInterval: RENEW });
  const vouchers = useMine<MyVoucher[]>("/me/vouchers");
  const me = useMine<Me>("/me");
  const waiting = me.data && waits(me.data);
  // What runs out in these days stands before all that is offered.
  const soon = vouchers.data?.filter(ending) ?? [];
  return (
    <Frame title="普惠服务">
      {soon.length > 0 && <Vouchers label="快到期的凭证" of={soon} />}
      {waiting && <p className="note">{waiting}面向会员的服务，批准后可以领取。</p>}
      <Answered asked={offers}>
        {(all) => (
          <>
            {all.length === 0 && <p className="note">现在没有可领取的服务，开放时会显示在这里。</p>}
            {all.map((offer) => (
              <Offer
                key={offer.round_id}
                offer={offer}
                had={vouchers.data?.find((voucher) => voucher.id === offer.voucher_id)}
              />
            ))}
          </>
        )}
      </Answered>
      {vouchers.isError && !isStranger(vouchers.error) && (
        <Failed error={vouchers.error} again={() => vouchers.refetch()} />
      )}
      {vouchers.data && vouchers.data.length > 0 && <Vouchers label="我的凭证" of={vouchers.data} />}
    </Frame>
  );
}

function Vouchers({ label, of }: { label: string; of: MyVoucher[] }) {
  return (
    <section aria-label={label}>
      <h2>{label}</h2>
      <nav className="tiles" aria-label={label}>
        {of.map((voucher) => (
          <Link key={voucher.id} to={`/vouchers/${voucher.id}`}>
            <b>
              {voucher.title} · {voucher.state_label}
            </b>
            <span>{standing(voucher)}</span>
          </Link>
        ))}
      </nav>
    </section>
  );
}

/** When a voucher ends or ended; how, its state tells. */
function standing(voucher: MyVoucher): string {
  if (voucher.state === "claimed") return goodFor(voucher);
  const ended = minute(voucher.ended_at ?? voucher.use_until);
  return voucher.state === "redeemed" ? `${ended} 在${voucher.redeemed_at_place ?? ""}使用` : ended;
}

interface OfferProps {
  offer: MyOffer;
  /** The voucher that I have of it, once it is known. */
  had?: MyVoucher;
}

/** What one may do, or one's union for him, while a round is open. */
const WHEN: Record<MyOffer["way"], string> = { first_come: "领取", draw: "报名", nominate: "推荐" };

function Offer({ offer, had }: OfferProps) {
  return (
    <article className="box" aria-label={offer.title}>
      <p className="display">{offer.title}</p>
      <p className="quiet">
        {offer.kind_label} · {offer.organisation}
      </p>
      {offer.description && <p>{offer.description}</p>}
      <dl className="facts">
        <dt>{WHEN[offer.way]}</dt>
        <dd className="when">{span(offer.opens_at, offer.closes_at)}</dd>
        <dt>使用</dt>
        <dd className="when">{fromTo(offer.redeem_from, offer.redeem_until)}</dd>
        <dt>地点</dt>
        <dd>{few(offer.places, offer.place_count)}</dd>
        {offer.state !== "not_for_me" && offer.state !== "out" && (
          <>
            <dt>还有</dt>
            <dd className="figure">
              {count(offer.left)} {offer.unit}
            </dd>
          </>
        )}
      </dl>
      <Claim offer={offer} had={had} />
    </article>
  );
}

/** The one button of an offer, or why there is none. */
function Claim({ offer, had: voucher }: OfferProps) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const open = useIsOpen(offer);
  const action = useAction((_: null, sending) =>
    tell<ClaimAnswer>(`/me/benefit-rounds/${offer.round_id}/claim`, {}, sending),
  );
  const claim = async () => {
    const done = await action.run(null);
    client.invalidateQueries({ queryKey: ["mine"] });
    if (done) navigate(`/vouchers/${done.voucher_id}`);
  };
  const told = (action.problem?.extra as { voucher_id?: string } | undefined)?.voucher_id;
  const had = offer.voucher_id ?? (action.problem?.code === "already_had" ? told : undefined);
  if (had) {
    return (
      <>
        {offer.entry_id && (
          <p className="note">
            已中签，编号 <span className="figure">{offer.entry_id}</span>。
          </p>
        )}
        <Link className="plain wide" to={`/vouchers/${had}`}>
          {voucher && voucher.state !== "claimed" ? `${voucher.state_label}，查看凭证` : "已领取，出示凭证"}
        </Link>
        {offer.way === "draw" && <Drawn round={offer.round_id} />}
      </>
    );
  }
  if (offer.state === "not_for_me") return <p className="note">{offer.why}。</p>;
  if (offer.way === "nominate") return <p className="note">由所在工会推荐，审批、公示后发放，不用自己领取。</p>;
  if (offer.way === "draw") return <Entry offer={offer} open={open} />;
  return (
    <>
      {action.problem instanceof Problem && <Failed error={action.problem} />}
      {told && (
        <Link className="plain wide" to={`/vouchers/${told}`}>
          查看还没有使用的凭证
        </Link>
      )}
      <button
        type="button"
        className="main wide"
        onClick={claim}
        disabled={action.busy || !open || offer.state === "gone"}
      >
        {action.busy
          ? "正在领取…"
          : offer.state === "gone"
            ? "已领完"
            : open
              ? "领取"
              : `${minute(offer.opens_at)} 开放`}
      </button>
      {offer.state === "gone" && <p className="quiet">{offer.why && `${offer.why}。`}如有人取消，名额会放回这里。</p>}
    </>
  );
}

/** Putting one's name in for a draw, and what became of it. */
function Entry({ offer, open }: { offer: MyOffer; open: boolean }) {
  const client = useQueryClient();
  const done = () => client.invalidateQueries({ queryKey: ["mine"] });
  const path = `/me/benefit-rounds/${offer.round_id}`;
  const enter = useAction((_: null, sending) => tell<EntryAnswer>(`${path}/enter`, {}, sending));
  const leave = useAction((_: null, sending) => tell<void>(`${path}/leave`, {}, sending).then(() => true));
  const isIn = offer.state === "entered";
  return (
    <>
      {enter.problem && <Failed error={enter.problem} />}
      {leave.problem && <Failed error={leave.problem} />}
      {isIn && (
        <p className="note">
          已报名，编号 <span className="figure">{offer.entry_id}</span>。{minute(offer.closes_at)}{" "}
          截止后自动抽签，中签后短信通知。
        </p>
      )}
      {offer.state === "lost" && (
        <p className="note">
          没有中签，编号 <span className="figure">{offer.entry_id}</span>。如有人放弃，按签的顺序递补，递补后短信通知。
        </p>
      )}
      {offer.state === "given_back" && <p className="note">您中签后放弃了，名额按签的顺序递补给其他人。</p>}
      {offer.state === "out" && <p className="note">没有参加抽签：{offer.why ?? "抽签时已不符合条件"}。</p>}
      {["soon", "open", "gone"].includes(offer.state) && (
        <button
          type="button"
          className="main wide"
          disabled={enter.busy || !open}
          onClick={() => enter.run(null).then(done)}
        >
          {open ? "报名抽签" : `${minute(offer.opens_at)} 开放报名`}
        </button>
      )}
      {isIn && (
        <button type="button" className="plain wide" disabled={leave.busy} onClick={() => leave.run(null).then(done)}>
          退出抽签
        </button>
      )}
      <Drawn round={offer.round_id} />
    </>
  );
}

/** How it was or will be drawn: for who won as well as for who lost. */
function Drawn({ round }: { round: string }) {
  return (
    <Link className="plain wide" to={`/draw/${round}`}>
      抽签公示
    </Link>
  );
}

/** Whether a round has opened, as far as this phone knows the server's clock; the server has the last word. */
function useIsOpen(offer: MyOffer): boolean {
  const opens = Date.parse(offer.opens_at);
  const [now, setNow] = useState(timeNow);
  const waits = offer.state === "soon" && now < opens;
  useEffect(() => {
    if (!waits) return;
    // A timer can't wait longer than about 24 days: it is set anew each hour.
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      timer = setTimeout(
        () => {
          setNow(timeNow());
          look();
        },
        Math.min(opens - timeNow(), 3_600_000) + 50,
      );
    };
    look();
    return () => clearTimeout(timer);
  }, [waits, opens]);
  return !waits;
}

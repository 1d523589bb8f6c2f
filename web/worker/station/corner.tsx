import { type FormEvent, useState } from "react";
import { useAction } from "../../client/action";
import type { StationCorner, StationGift, StationGiftClaim } from "../../client/types";
import { clock, count, day, minute } from "../../shared/words";
import { tell } from "../ask";
import { Field, Taps } from "../field";
import { Failed, NotDone } from "../frame";
import { Scan } from "../scan/scan";
import { Sure } from "../sure";
import { Answered, useAgain, useMine } from "../use-mine";
import { Back } from "./back";
import { TakeDown } from "./take-down";

/** The donation corner: what was given, for whom it is kept, and handing it over. */
export function Corner({ station }: { station: string }) {
  const path = `/me/stations/${station}`;
  const asked = useMine<StationCorner>(`${path}/gifts`, { refetchInterval: 30_000 });
  const [giving, give] = useState(false);
  // How many gifts wait to be fetched stands above.
  const again = useAgain(path);
  const hand = useAction((input: { claim_id: string }, sending) =>
    tell<StationGiftClaim>(`${path}/gift-hand-over`, input, sending),
  );
  const handOver = async (claim_id: string) => {
    await hand.run({ claim_id });
    await again();
  };
  return (
    <section aria-label="爱心角">
      <Answered asked={asked}>
        {(corner) => (
          <>
            <NotDone problem={hand.problem} />
            {corner.reserved.length > 0 && <h2>有人要来领</h2>}
            {corner.reserved.map((claim) => (
              <div className="box" key={claim.id}>
                <p>
                  <b>{claim.gift}</b> × {count(claim.quantity)} · {claim.name}
                  {claim.phone && `（${claim.phone}）`}
                </p>
                <p className="quiet small">留到 {minute(claim.until).slice(5)}</p>
                <Sure
                  open="已交给本人"
                  look="main"
                  says={`${claim.gift}已经交到${claim.name}手上了吗？`}
                  yes="确定已交"
                  no="还没有交"
                  busy={hand.busy}
                  done={() => handOver(claim.id)}
                />
              </div>
            ))}
            <Handed station={station} claims={corner.handed} again={again} />
            <h2>捐赠物品</h2>
            {corner.gifts.length === 0 && (
              <p className="note">还没有捐赠物品。单位和职工捐来的，登记后大家在手机上就能预留。</p>
            )}
            <Gifts station={station} corner={corner} again={again} />
            {giving ? (
              <Give
                station={station}
                done={() => {
                  give(false);
                  again();
                }}
                leave={() => give(false)}
              />
            ) : (
              <button type="button" className="main" onClick={() => give(true)}>
                登记捐赠
              </button>
            )}
          </>
        )}
      </Answered>
    </section>
  );
}

/** Whether nothing can be done with a gift any more: it is gone or withdrawn, and none of it is kept for anybody. */
const isDone = (gift: StationGift, reserved: StationGiftClaim[]) =>
  (gift.closed || gift.left === 0) && !reserved.some((claim) => claim.gift_id === gift.id);

/** What lies in the corner; what is done with stands folded below. */
function Gifts({ station, corner, again }: { station: string; corner: StationCorner; again: () => Promise<unknown> }) {
  const done = corner.gifts.filter((gift) => isDone(gift, corner.reserved));
  const box = (gift: StationGift) => (
    <div className="box" key={gift.id}>
      <p>
        <b>{gift.name}</b> · {gift.closed ? "已下架" : `还有${gift.left}${gift.unit}`}（共{gift.quantity}
        {gift.unit}）
      </p>
      <p className="quiet small">
        {gift.giver} {day(gift.given_at)} 捐{gift.thanked > 0 && ` · 收到${gift.thanked}条感谢`}
      </p>
      {gift.closed_why && <p className="quiet small">下架原因：{gift.closed_why}</p>}
      <Offer station={station} gift={gift} reserved={corner.reserved} again={again} />
    </div>
  );
  return (
    <>
      {corner.gifts.filter((gift) => !done.includes(gift)).map(box)}
      {done.length > 0 && (
        <details>
          <summary>已领完、下架的 {done.length} 种</summary>
          {done.map(box)}
        </details>
      )}
    </>
  );
}

interface OfferProps {
  station: string;
  gift: StationGift;
  reserved: StationGiftClaim[];
  again: () => Promise<unknown>;
}

/** What can be withdrawn still, or is kept for somebody though it was. */
function Offer({ station, gift, reserved, again }: OfferProps) {
  const kept = reserved.filter((claim) => claim.gift_id === gift.id).length;
  if (kept === 0 && (gift.closed || gift.left === 0)) return null;
  return <TakeDown station={station} gift={gift} reserved={kept} again={again} />;
}

interface HandedProps {
  station: string;
  claims: StationGiftClaim[];
  again: () => Promise<unknown>;
}

/** What was handed over today; a mistake is taken back with a reason. */
function Handed({ station, claims, again }: HandedProps) {
  const [taking, take] = useState("");
  if (claims.length === 0) return null;
  return (
    <>
      <h2>今天发放的</h2>
      <ol className="line">
        {claims.map((claim) => (
          <li key={claim.id}>
            <time dateTime={claim.taken_at ?? undefined}>{clock(claim.taken_at)}</time>
            <b>{claim.gift}</b>
            <span className="figure">× {count(claim.quantity)}</span>
            <span className="quiet">{claim.name}</span>
            {taking === claim.id ? (
              <div className="whole">
                <Back
                  path={`/me/stations/${station}/gift-take-back`}
                  body={{ claim_id: claim.id }}
                  says={`撤回后重新为${claim.name}预留；驿站不开放时放回，大家都能领。`}
                  leave={() => take("")}
                  again={again}
                />
              </div>
            ) : claim.thanked ? (
              <em>已感谢</em>
            ) : (
              <button
                type="button"
                className="link"
                aria-label={`撤回发给${claim.name}的${claim.gift}`}
                onClick={() => take(claim.id)}
              >
                撤回
              </button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

const GIVERS = [
  { code: "company", label: "单位" },
  { code: "worker", label: "个人" },
];

function Give({ station, done, leave }: { station: string; done: () => void; leave: () => void }) {
  const [giver_kind, choose] = useState("company");
  const [giver, setGiver] = useState("");
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [unit, setUnit] = useState("件");
  const [quantity, number] = useState("");
  const [each, setEach] = useState("1");
  const [note, setNote] = useState("");
  const action = useAction((input: object, sending) =>
    tell<StationGift>(`/me/stations/${station}/gifts`, input, sending),
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const form = {
      giver_kind,
      giver: giver_kind === "company" ? giver : null,
      code: giver_kind === "worker" ? code.trim() || null : null,
      name,
      unit,
      quantity: Number(quantity) || 0,
      each: Number(each) || 0,
      note: note.trim() || null,
    };
    if (await action.run(form)) done();
  };
  const of = (field: string) => action.problem?.of(field);
  return (
    <form onSubmit={submit} noValidate aria-label="登记捐赠">
      <h2>登记捐赠</h2>
      <Taps label="谁捐的" value={giver_kind} onChange={choose} choices={GIVERS} />
      {giver_kind === "company" ? (
        <Field label="单位名称" maxLength={50} value={giver} wrong={of("giver")} onChange={setGiver} />
      ) : (
        <>
          <Field
            label="捐赠人的到站码"
            hint="扫入后他能看到大家的感谢；不愿留名的不填"
            value={code}
            autoComplete="off"
            onChange={setCode}
          />
          <Scan label="扫到站码" done={setCode} />
        </>
      )}
      <Field label="物品" maxLength={30} value={name} wrong={of("name")} hint="如：九成新棉衣" onChange={setName} />
      <div className="two">
        <Field
          label="数量"
          inputMode="numeric"
          value={quantity}
          wrong={of("quantity")}
          onChange={(text) => number(text.trim())}
        />
        <Field label="单位" maxLength={8} value={unit} wrong={of("unit")} onChange={setUnit} />
      </div>
      <Field
        label="每人最多领"
        inputMode="numeric"
        value={each}
        wrong={of("each")}
        onChange={(text) => setEach(text.trim())}
      />
      <Field label="说明" maxLength={100} value={note} wrong={of("note")} onChange={setNote} />
      {action.problem && action.problem.fields.length === 0 && <Failed error={action.problem} />}
      <div className="two">
        <button type="submit" className="main" disabled={action.busy}>
          登记
        </button>
        <button type="button" className="plain" onClick={leave}>
          不登记了
        </button>
      </div>
    </form>
  );
}

import { type FormEvent, useState } from "react";
import type { StationGood } from "../../client/types";
import { count, day, today } from "../../shared/words";
import { Field, Taps } from "../field";
import { Answered, useMine } from "../use-mine";
import type { Body, Keep, Kept } from "./queue";
import { SupplyMoves } from "./supply-moves";
import { tapOnce } from "./tap";

interface SuppliesProps {
  station: string;
  /** What waits on this phone: what was taken already counts as gone. */
  waiting: Kept[];
  keep: Keep;
}

/** The cupboard: what is there, what runs low or expires, and what comes in and is taken from it, also without a network. */
export function Supplies({ station, waiting, keep }: SuppliesProps) {
  const path = `/me/stations/${station}/supplies`;
  const asked = useMine<StationGood[]>(path);
  const [receiving, receive] = useState(false);
  const takings = waiting.flatMap((one) => (one.to === "takings" ? [one.body] : []));
  const used = waiting.flatMap((one) => (one.to === "incidents" ? (one.body.used ?? []) : []));
  // What has expired and is cleared away doesn't count as there before.
  const taken = (good: string) =>
    [...takings.filter((one) => !one.batch_id), ...used].reduce(
      (sum, one) => (one.good_id === good ? sum + one.quantity : sum),
      0,
    );
  const cleared = new Set(takings.map((one) => one.batch_id));
  return (
    <section aria-label="药品物资">
      <Answered asked={asked}>
        {(goods) => (
          <>
            {goods.length === 0 && <p className="note">还没有登记药品和物资。收到后先登记入库，再登记领用。</p>}
            {goods.filter(isWanted).map((good) => (
              <Good key={good.id} station={station} good={good} waits={taken(good.id)} cleared={cleared} keep={keep} />
            ))}
            {goods.some((good) => !isWanted(good)) && (
              <details>
                <summary>没有库存的 {count(goods.filter((good) => !isWanted(good)).length)} 种</summary>
                {goods
                  .filter((good) => !isWanted(good))
                  .map((good) => (
                    <article className="box" key={good.id} aria-label={good.name}>
                      <p>
                        <b>{good.name}</b>
                      </p>
                      <Moves station={station} good={good} />
                    </article>
                  ))}
              </details>
            )}
            {receiving ? (
              <Receive goods={goods} keep={keep} done={() => receive(false)} />
            ) : (
              <button type="button" className="main" onClick={() => receive(true)}>
                登记入库
              </button>
            )}
          </>
        )}
      </Answered>
    </section>
  );
}

/** Whether it is there, or should be. */
const isWanted = (good: StationGood) => good.batches.length > 0 || good.least > 0;

function Moves({ station, good }: { station: string; good: StationGood }) {
  const [opened, open] = useState(false);
  return (
    <details onToggle={(event) => open(event.currentTarget.open)}>
      <summary>出入库记录</summary>
      {opened && <SupplyMoves station={station} good={good} />}
    </details>
  );
}

interface GoodProps {
  station: string;
  good: StationGood;
  /** How much of it was taken that the server doesn't know of yet, and which batches were cleared away. */
  waits: number;
  cleared: Set<string | null | undefined>;
  keep: Keep;
}

function Good({ station, good, waits, cleared, keep }: GoodProps) {
  const [amount, number] = useState("1");
  const [wrong, tellWrong] = useState<string>();
  const [tap] = useState(() => tapOnce());
  // At an incident more may have been used than the list knew of.
  const left = Math.max(0, good.left - waits);
  const take = (event: FormEvent) => {
    event.preventDefault();
    const quantity = Number(amount);
    if (!Number.isInteger(quantity) || quantity < 1) return tellWrong("请填写数量。");
    if (quantity > left) return tellWrong(`可用的只剩${left}${good.unit}。`);
    tellWrong(undefined);
    if (tap.repeats()) return;
    keep("takings", `领用${good.name}${quantity}${good.unit}`, { good_id: good.id, quantity });
    number("1");
  };
  const clear = (batch: StationGood["batches"][number]) =>
    keep("takings", `报废${good.name}${batch.left}${good.unit}`, {
      good_id: good.id,
      batch_id: batch.id,
      quantity: batch.left,
    });
  const expired = good.batches.filter((batch) => batch.expired);
  const next = good.batches.find((batch) => !batch.expired && batch.expires_on);
  return (
    <article className="box" aria-label={good.name}>
      <p>
        <b>{good.name}</b> · 可用 <span className="figure">{count(left)}</span> {good.unit}
      </p>
      {(good.low || good.expiring > 0 || good.expired > 0) && (
        <p className="small warns">
          {[
            good.low && `不足${good.least}${good.unit}，请补充`,
            good.expiring > 0 && `${good.expiring}${good.unit}临近到期`,
            good.expired > 0 && `${good.expired}${good.unit}已过期，请清理`,
          ]
            .filter(Boolean)
            .join("；")}
        </p>
      )}
      {next && <p className="quiet small">先用{day(next.expires_on)}到期的</p>}
      <form onSubmit={take} onChange={tap.changed} noValidate>
        <Field
          label={`领用多少${good.unit}`}
          inputMode="numeric"
          value={amount}
          wrong={wrong}
          onChange={(text) => number(text.trim())}
          beside={
            <button type="submit" className="plain" disabled={left < 1}>
              领用
            </button>
          }
        />
      </form>
      {expired.map((batch) => (
        <button
          key={batch.id}
          type="button"
          className="plain wide"
          disabled={cleared.has(batch.id)}
          onClick={() => clear(batch)}
        >
          清理{day(batch.expires_on)}到期的{batch.left}
          {good.unit}
        </button>
      ))}
      <Moves station={station} good={good} />
    </article>
  );
}

const KINDS = [
  { code: "medicine", label: "药品" },
  { code: "goods", label: "物资" },
];
const labelOf = (kind: string) => KINDS.find(({ code }) => code === kind)?.label;

interface ReceiveProps {
  goods: StationGood[];
  keep: Keep;
  done: () => void;
}

type Receipt = Body<"supplies">;

/**
 * What is wrong with a receipt, by field. The server judges it as well, but may hear of it when nobody looks any more. What has
 * nothing in stock may never have come, and all that was mistyped is put right.
 */
function wrongIn(receipt: Receipt, goods: StationGood[]): { [field in keyof Receipt]?: string } {
  const { kind, quantity, unit, expires_on } = receipt;
  const known = goods.find((good) => good.name === receipt.name && good.batches.length > 0);
  const wrong: ReturnType<typeof wrongIn> = {};
  if (known && known.kind !== kind) wrong.kind = `“${known.name}”原来登记为${labelOf(known.kind)}，请改选类别。`;
  if (receipt.name === "") wrong.name = "请填写名称。";
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > 10_000) wrong.quantity = "数量请填写1至10000。";
  if (unit === "") wrong.unit = "请填写单位，如“盒”。";
  else if (known && known.unit !== unit) wrong.unit = `“${known.name}”原来按“${known.unit}”计数，请换算后填写。`;
  if (kind === "medicine" && !expires_on) wrong.expires_on = "药品必须填写有效期。";
  if (expires_on && expires_on < today()) wrong.expires_on = "有效期已过，过期的药品和物资不能入库。";
  return wrong;
}

function Receive({ goods, keep, done }: ReceiveProps) {
  const [kind, choose] = useState<Receipt["kind"]>("medicine");
  const [name, setName] = useState("");
  const [unit, setUnit] = useState("盒");
  const [amount, number] = useState("");
  const [least, setLeast] = useState("");
  const [batch, setBatch] = useState("");
  const [expires, setExpires] = useState("");
  const [wrong, tellWrong] = useState<ReturnType<typeof wrongIn>>({});
  const pick = (typed: string) => {
    setName(typed);
    const known = goods.find((good) => good.name === typed.trim());
    if (!known) return;
    choose(known.kind);
    setUnit(known.unit);
    setLeast(String(known.least));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const receipt = {
      kind,
      name: name.trim(),
      unit: unit.trim(),
      quantity: Number(amount),
      least: Math.trunc(Number(least)) || 0,
      batch: batch.trim() || null,
      expires_on: expires || null,
    };
    const found = wrongIn(receipt, goods);
    tellWrong(found);
    if (Object.keys(found).length > 0) return;
    keep("supplies", `${receipt.name}入库${receipt.quantity}${receipt.unit}`, receipt);
    done();
  };
  return (
    <form onSubmit={submit} noValidate aria-label="登记入库">
      <h2>登记入库</h2>
      <Taps
        label="类别"
        value={kind}
        wrong={wrong.kind}
        onChange={(value) => choose(value as Receipt["kind"])}
        choices={KINDS}
      />
      <Field label="名称" list="supplies" maxLength={30} value={name} wrong={wrong.name} onChange={pick} />
      <datalist id="supplies">
        {goods.map((good) => (
          <option key={good.id} value={good.name} />
        ))}
      </datalist>
      <div className="two">
        <Field
          label="数量"
          inputMode="numeric"
          value={amount}
          wrong={wrong.quantity}
          onChange={(text) => number(text.trim())}
        />
        <Field label="单位" maxLength={8} value={unit} wrong={wrong.unit} onChange={setUnit} />
      </div>
      <Field
        label="有效期至"
        type="date"
        value={expires}
        wrong={wrong.expires_on}
        hint={kind === "medicine" ? "药品必填，看包装上的“有效期至”" : "不会过期的不填"}
        onChange={setExpires}
      />
      <div className="two">
        <Field label="批号" maxLength={40} value={batch} wrong={wrong.batch} onChange={setBatch} />
        <Field label="少于多少提醒" inputMode="numeric" value={least} onChange={(text) => setLeast(text.trim())} />
      </div>
      <div className="two">
        <button type="submit" className="main">
          入库
        </button>
        <button type="button" className="plain" onClick={done}>
          不登记了
        </button>
      </div>
    </form>
  );
}

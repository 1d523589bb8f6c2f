import { useState } from "react";
import { useAction } from "../../client/action";
import type { DutyDay, StationItem } from "../../client/types";
import { doubt, failing } from "../../shared/stations";
import { minute } from "../../shared/words";
import { tell } from "../ask";
import { Field } from "../field";
import { NotDone } from "../frame";
import { useAgain } from "../use-mine";
import { Reported } from "./reported";

/** What the station has, and whether it works. */
export function Stock({ day }: { day: DutyDay }) {
  const [telling, open] = useState<StationItem>();
  const [note, type] = useState("");
  const path = `/me/stations/${day.station.id}`;
  const again = useAgain(path);
  const action = useAction((input: { code: string; works: boolean; note: string | null }, sending) =>
    tell<StationItem[]>(`${path}/items`, input, sending),
  );
  const say = async (item: StationItem, works: boolean) => {
    const said = await action.run({ code: item.code, works, note: works ? null : note.trim() || null });
    if (!said) return;
    open(undefined);
    type("");
    // What visitors reported of it is answered by that.
    await again();
  };
  const begin = (item: StationItem) => {
    type("");
    open(item);
  };
  // What is in doubt waits for a look.
  const stock = [...day.stock].sort((one, other) => Number(other.unconfirmed) - Number(one.unconfirmed));
  return (
    <section aria-label="设施与服务">
      <Reported station={day.station.id} />
      <NotDone problem={action.problem} />
      {day.stock.length === 0 && <p className="note">还没有登记设施和服务，请联系上级工会补充。</p>}
      {stock.map((item) => (
        <div className="box" key={item.code}>
          <p>
            <b>{item.label}</b> · {item.works ? (doubt(item) ?? "正常") : failing(item.kind).is}
            {item.note && `（${item.note}）`}
          </p>
          <p className="quiet small">最近确认 {minute(item.seen_at)}</p>
          {telling?.code === item.code ? (
            <>
              <Field
                label={failing(item.kind).ask}
                maxLength={100}
                value={note}
                onChange={type}
                hint={failing(item.kind).hint}
              />
              <button type="button" className="main" disabled={action.busy} onClick={() => say(item, false)}>
                {failing(item.kind).act}
                {item.label}
              </button>
              <button type="button" className="link" onClick={() => open(undefined)}>
                {failing(item.kind).leave}
              </button>
            </>
          ) : (
            <div className="two">
              <button type="button" className="plain" disabled={action.busy} onClick={() => say(item, true)}>
                {item.works ? "确认正常" : failing(item.kind).again}
              </button>
              <button type="button" className="plain" onClick={() => begin(item)}>
                {failing(item.kind).act}
              </button>
            </div>
          )}
        </div>
      ))}
    </section>
  );
}

import { useState } from "react";
import { useAction } from "../../client/action";
import type { DutyDay, StationEntry } from "../../client/types";
import { clock, count } from "../../shared/words";
import { tell } from "../ask";
import { Field } from "../field";
import { Failed } from "../frame";
import { useAgain } from "../use-mine";

/** So many of the day come at most, the newest. */
const MOST = 30;

/** What was written down today; a mistake is taken back with a reason. */
export function Entries({ day }: { day: DutyDay }) {
  const [taking, take] = useState<StationEntry>();
  const [reason, type] = useState("");
  const path = `/me/stations/${day.station.id}`;
  const again = useAgain(path);
  const action = useAction((input: { entry_id: string; reason: string }, sending) =>
    tell<StationEntry>(`${path}/take-back`, input, sending),
  );
  const begin = (entry: StationEntry) => {
    action.clear();
    type("");
    take(entry);
  };
  const undo = async (entry: StationEntry) => {
    if (!(await action.run({ entry_id: entry.id, reason }))) return;
    take(undefined);
    type("");
    await again();
  };
  if (day.entries.length === 0) return <p className="note">今天还没有登记。</p>;
  return (
    <>
      {day.entries.length >= MOST && (
        <p className="quiet small">只显示今天最近的 {MOST} 条，更早的要撤回请联系上级工会更正。</p>
      )}
      <ol className="line">
        {day.entries.map((entry) => (
          <li key={entry.id} className={entry.taken_back ? "taken-back" : undefined}>
            <time dateTime={entry.happened_at}>{clock(entry.happened_at)}</time>
            <b>{entry.label}</b>
            <span className="figure">{count(entry.quantity)} 人次</span>
            <span className="quiet">{entry.name ?? entry.group_label ?? "不分群体"}</span>
            {entry.taken_back ? (
              <em>已撤回：{entry.taken_back}</em>
            ) : taking?.id === entry.id ? (
              <div className="whole">
                {action.problem && !action.problem.of("reason") && <Failed error={action.problem} />}
                <Field
                  label="撤回原因"
                  maxLength={200}
                  value={reason}
                  wrong={action.problem?.of("reason")}
                  onChange={type}
                />
                <button type="button" className="plain wide" disabled={action.busy} onClick={() => undo(entry)}>
                  撤回这条登记
                </button>
                <button type="button" className="link" onClick={() => take(undefined)}>
                  不撤回了
                </button>
              </div>
            ) : (
              <button
                type="button"
                className="link"
                aria-label={`撤回${clock(entry.happened_at)}的${entry.label}`}
                onClick={() => begin(entry)}
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

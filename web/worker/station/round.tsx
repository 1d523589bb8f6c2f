import { useState } from "react";
import type { StationPhoto, StationRound } from "../../client/types";
import { clock, today } from "../../shared/words";
import { Field } from "../field";
import { looked } from "./looked";
import { Photos } from "./photos";
import type { Keep, Kept } from "./queue";
import type { Choices } from "./remembered";
import { tapOnce } from "./tap";

const KINDS = { opening: "开站检查", closing: "闭站检查" } as const;

interface RoundProps {
  day: Choices;
  /** The looks round of today, as far as the server told of them. */
  made?: StationRound[];
  /** What waits on this phone, or arrived since the day was asked for: a round that is not shown as made is made twice. */
  waiting: Kept[];
  keep: Keep;
}

/** The look round when the station opens and closes: everything right is one tap. */
export function Round({ day, made = [], waiting, keep }: RoundProps) {
  const done = looked(day.rounds, waiting, today());
  const kind = done.has("opening") ? "closing" : "opening";
  const [wrong, mark] = useState<Record<string, string>>({});
  const [photos, show] = useState<StationPhoto[]>([]);
  const [sending, wait] = useState(false);
  const [tap] = useState(() => tapOnce());
  const submit = () => {
    // The second of two taps would be a look round of its own, which nobody can take back.
    if (tap.repeats()) return;
    const points = day.checks.map((check) => ({
      code: check.code,
      label: check.label,
      ok: !(check.code in wrong),
      note: wrong[check.code]?.trim() || null,
    }));
    keep("rounds", KINDS[kind], { kind, points, photos });
    mark({});
    show([]);
  };
  const toggle = (code: string) => {
    const { [code]: held, ...others } = wrong;
    mark(held === undefined ? { ...wrong, [code]: "" } : others);
  };
  const count = Object.keys(wrong).length;
  return (
    <section aria-label="每日检查">
      {made.map((round) => (
        <p key={round.id} className={round.wrong > 0 ? "note bad" : "note"}>
          {clock(round.happened_at)} {round.kind_label}：
          {round.wrong === 0
            ? "全部正常"
            : round.points
                .filter((point) => !point.ok)
                .map((point) => (point.note ? `${point.label}（${point.note}）` : point.label))
                .join("；")}
          {round.photos.length > 0 && `（照片${round.photos.length}张）`}
        </p>
      ))}
      {done.has("closing") && <p className="quiet">今天的检查已完成；还可以再补查一次。</p>}
      <h2>{KINDS[kind]}</h2>
      <ul className="checks">
        {day.checks.map((check) => (
          <li key={check.code}>
            <label>
              <input
                type="checkbox"
                checked={!(check.code in wrong)}
                onChange={() => toggle(check.code)}
                aria-label={`${check.label}：正常`}
              />
              <span>{check.label}</span>
            </label>
            {check.code in wrong && (
              <Field
                label="哪里不正常"
                maxLength={100}
                value={wrong[check.code] ?? ""}
                onChange={(text) => mark({ ...wrong, [check.code]: text })}
              />
            )}
          </li>
        ))}
      </ul>
      <Photos
        station={day.station.id}
        label="现场照片"
        hint="有网络时可以附上，最多 6 张"
        photos={photos}
        change={show}
        busy={wait}
      />
      <button type="button" className="main" disabled={sending} onClick={submit}>
        {sending ? "照片正在上传…" : count === 0 ? "全部正常，提交" : `${count} 项不正常，提交`}
      </button>
    </section>
  );
}

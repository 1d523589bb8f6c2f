import { useState } from "react";
import type { RoundPoint, StationPhoto } from "../../client/types";
import { Field } from "../field";
import { Photos } from "./photos";
import { tapOnce } from "./tap";

interface ChecksProps {
  station: string;
  /** What is looked at. */
  points: { code: string; label: string }[];
  /** What it says so far, if it is to be corrected. */
  told?: { points: RoundPoint[]; photos: StationPhoto[] };
  write: (points: RoundPoint[], photos: StationPhoto[]) => void;
}

/** The points of a look round, each right unless it is marked: everything right is one tap. */
export function Checks({ station, points, told, write }: ChecksProps) {
  const begun = (told?.points ?? []).filter((point) => !point.ok).map((point) => [point.code, point.note ?? ""]);
  const [wrong, mark] = useState<Record<string, string>>(() => Object.fromEntries(begun));
  const [photos, show] = useState<StationPhoto[]>(told?.photos ?? []);
  const [sending, wait] = useState(false);
  const [tap] = useState(() => tapOnce());
  const submit = () => {
    // The second of two taps would be a look round of its own.
    if (tap.repeats()) return;
    const looked = points.map((point) => ({
      code: point.code,
      label: point.label,
      ok: !(point.code in wrong),
      note: wrong[point.code]?.trim() || null,
    }));
    write(looked, photos);
    mark({});
    show([]);
  };
  const toggle = (code: string) => {
    const { [code]: held, ...others } = wrong;
    mark(held === undefined ? { ...wrong, [code]: "" } : others);
  };
  const count = Object.keys(wrong).length;
  const words = count === 0 ? "全部正常" : `${count} 项不正常`;
  return (
    <>
      <ul className="checks">
        {points.map((point) => (
          <li key={point.code}>
            <label>
              <input
                type="checkbox"
                checked={!(point.code in wrong)}
                onChange={() => toggle(point.code)}
                aria-label={`${point.label}：正常`}
              />
              <span>{point.label}</span>
            </label>
            {point.code in wrong && (
              <Field
                label="哪里不正常"
                maxLength={100}
                value={wrong[point.code] ?? ""}
                onChange={(text) => mark({ ...wrong, [point.code]: text })}
              />
            )}
          </li>
        ))}
      </ul>
      <Photos
        station={station}
        label="现场照片"
        hint="有网络时可以附上，最多 6 张"
        photos={photos}
        change={show}
        busy={wait}
      />
      <button type="button" className="main" disabled={sending} onClick={submit}>
        {sending ? "照片正在上传…" : told ? `更正为：${words}` : `${words}，提交`}
      </button>
    </>
  );
}

import type { OfferedStationShift } from "../../client/types";
import { day } from "../../shared/words";
import { StationLine } from "../station-line";

interface ShiftProps {
  of: OfferedStationShift;
  take: () => void;
  /** The key of the shift that is being taken. */
  busy?: string;
}

/** A shift that I can take: a free place, or that of somebody who can't come. */
export function OpenShift({ of, take, busy }: ShiftProps) {
  return (
    <article className="box" aria-label={`${of.task} ${of.station}`}>
      <p>
        <b>{of.task}</b>
      </p>
      <p>
        {day(of.day)} {of.hours_text}
      </p>
      <StationLine at={of} />
      <p className="quiet small">
        需要 {of.wanted} 人，已报 {of.signed} 人 · {of.guided ? "有人带，第一次来也可以" : "没有人带，适合来过的"}
      </p>
      <button
        type="button"
        className="main"
        disabled={busy !== undefined}
        aria-label={`${of.free ? "报名" : "接替"}：${of.task} ${of.station}`}
        onClick={take}
      >
        {busy === of.id ? "正在报名…" : of.free ? "报名" : "有人来不了，我来接替"}
      </button>
    </article>
  );
}

import type { OfferedStationShift } from "../../client/types";
import { day } from "../../shared/words";
import { StationLine } from "../station-line";
import { Sure } from "../sure";

interface ShiftProps {
  of: OfferedStationShift;
  take: () => void;
  /** The key of the shift that is being taken. */
  busy?: string;
}

/** A shift that I can take: a free place, or that of somebody who can't come. */
export function OpenShift({ of, take, busy }: ShiftProps) {
  const verb = of.free ? "报名" : "接替";
  const label = of.free ? verb : "有人来不了，我来接替";
  const name = `${verb}：${of.task} ${of.station}`;
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
      {of.leave_until ? (
        <button type="button" className="main" disabled={busy !== undefined} aria-label={name} onClick={take}>
          {busy === of.id ? "正在报名…" : label}
        </button>
      ) : (
        <Sure
          open={label}
          name={name}
          look="main"
          says={`已过最晚退出时间：${verb}后不能直接退出，来不了只能找人接替。`}
          yes={`确定${verb}`}
          no={`不${verb}`}
          busy={busy !== undefined}
          done={take}
        />
      )}
    </article>
  );
}

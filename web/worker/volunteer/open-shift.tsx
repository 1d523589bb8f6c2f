import { useAction } from "../../client/action";
import type { MyStationVolunteering, OfferedStationShift } from "../../client/types";
import { day } from "../../shared/words";
import { tell } from "../ask";
import { far } from "../find/distance";
import { Failed } from "../frame";

interface ShiftProps {
  of: OfferedStationShift;
  again: () => Promise<void>;
}

/** A shift that I can take: a free place, or that of somebody who can't come. */
export function OpenShift({ of, again }: ShiftProps) {
  const action = useAction((way: "join" | "take-over", sending) =>
    tell<MyStationVolunteering>(`/me/station-shifts/${of.id}/${way}`, undefined, sending),
  );
  const act = async () => {
    if (await action.run(of.free ? "join" : "take-over")) await again();
  };
  return (
    <article className="box" aria-label={`${of.task} ${of.station}`}>
      <p>
        <b>{of.task}</b>
      </p>
      <p>
        {day(of.day)} {of.hours_text}
      </p>
      <p className="small">
        {of.station}（{of.address}）{of.metres != null && ` · ${far(of.metres)}`}
      </p>
      <p className="quiet small">
        需要 {of.wanted} 人，已报 {of.signed} 人 · {of.guided ? "有人带，第一次来也可以" : "没有人带，适合来过的"}
      </p>
      {action.problem && <Failed error={action.problem} />}
      <button
        type="button"
        className="main"
        disabled={action.busy}
        aria-label={`${of.free ? "报名" : "接替"}：${of.task} ${of.station}`}
        onClick={act}
      >
        {action.busy ? "正在报名…" : of.free ? "报名" : "有人来不了，我来接替"}
      </button>
    </article>
  );
}

import type { StationOpening } from "../../client/types";
import { clock } from "../../shared/words";

/** What became of the code that was held before a door just now. */
export function Openings({ openings }: { openings: StationOpening[] }) {
  const last = openings[0];
  return (
    <div role="status">
      {last && (
        <p className={last.state === "refused" || last.state === "late" ? "note bad" : "note"}>
          <b>{last.station}</b>：{last.words}
          {last.state === "done" && "，请进"}（{clock(last.asked_at)}）
        </p>
      )}
    </div>
  );
}

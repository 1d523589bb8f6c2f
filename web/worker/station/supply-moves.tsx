import { useState } from "react";
import type { Page, StationGood, StationSupplyMove } from "../../client/types";
import { lately } from "../../shared/words";
import { Answered, useAgain, useMine } from "../use-mine";
import { Back } from "./back";

/** Shown at first; as many more each time. */
const STEP = 10;

/** What came of a thing and what went; what was mistyped today is taken back. */
export function SupplyMoves({ station, good }: { station: string; good: StationGood }) {
  const [shown, show] = useState(STEP);
  const [taking, take] = useState("");
  const path = `/me/stations/${station}`;
  // Also what runs low, which stands above.
  const again = useAgain(path);
  const asked = useMine<Page<StationSupplyMove>>(`${path}/supply-moves?good=${good.id}&limit=${Math.min(shown, 200)}`, {
    placeholderData: (before: Page<StationSupplyMove> | undefined) => before,
  });
  return (
    <Answered asked={asked}>
      {({ items, next }) => (
        <>
          {items.length === 0 && <p className="quiet">还没有出入库记录。</p>}
          <ol className="line">
            {items.map((one) => (
              <li key={one.id}>
                <b>
                  {one.label} {one.change > 0 ? "+" : "−"}
                  {Math.abs(one.change)}
                  {good.unit}
                </b>
                <span>{lately(one.happened_at)}</span>
                {one.taken_back && <span className="quiet small">已撤回：{one.taken_back}</span>}
                {one.can_be_taken_back && taking !== one.id && (
                  <button
                    type="button"
                    className="link"
                    aria-label={`撤回${lately(one.happened_at)}的${one.label}`}
                    onClick={() => take(one.id)}
                  >
                    撤回
                  </button>
                )}
                {taking === one.id && (
                  <Back
                    path={`${path}/supply-take-back`}
                    body={{ move_id: one.id }}
                    leave={() => take("")}
                    again={again}
                  />
                )}
              </li>
            ))}
          </ol>
          {next && shown < 200 && (
            <button type="button" className="link" onClick={() => show(shown + STEP)}>
              更早的记录
            </button>
          )}
        </>
      )}
    </Answered>
  );
}

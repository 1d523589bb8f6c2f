import { useState } from "react";
import type { StationActivity, StationAttendance } from "../../client/types";
import { clock } from "../../shared/words";
import { Answered, useAgain, useMine } from "../use-mine";
import { Back } from "./back";

/** So many of the day come at most, the last. */
const MOST = 50;

/** Who came to an activity today; what was scanned by mistake is taken back. */
export function Attendances({ station, of }: { station: string; of: StationActivity }) {
  const path = `/me/stations/${station}`;
  const asked = useMine<StationAttendance[]>(`${path}/attendances?activity=${of.id}`);
  const again = useAgain(`${path}/attendances`, `${path}/activities`);
  const [taking, take] = useState("");
  return (
    <Answered asked={asked}>
      {(came) => (
        <>
          {came.length === 0 && <p className="quiet">今天没有人签到。</p>}
          {came.length >= MOST && <p className="quiet small">只显示最近签到的 {MOST} 人。</p>}
          <ol className="line">
            {came.map((one) => (
              <li key={one.id}>
                <time dateTime={one.attended_at}>{clock(one.attended_at)}</time>
                <b>{one.name}</b>
                <span className="quiet">{one.signed_up ? "已报名" : "现场参加"}</span>
                {taking === one.id ? (
                  <div className="whole">
                    <Back
                      path={`${path}/attendance-take-back`}
                      body={{ signup_id: one.id }}
                      says={`${one.name}这次参加不再计入；报名保留，来了可以重新签到。`}
                      leave={() => take("")}
                      again={again}
                    />
                  </div>
                ) : (
                  <button
                    type="button"
                    className="link"
                    aria-label={`撤回${one.name}的签到`}
                    onClick={() => take(one.id)}
                  >
                    撤回
                  </button>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
    </Answered>
  );
}

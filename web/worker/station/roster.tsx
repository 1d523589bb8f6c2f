import { useState } from "react";
import type { StationRoster, StationRosterRow } from "../../client/types";
import { Answered, useAgain, useMine } from "../use-mine";
import { RosterShift } from "./roster-shift";
import { ShiftForm } from "./shift-form";

/** Whether a shift is done with: over or called off, and nobody's hours are open. */
const settled = (one: StationRosterRow) => !one.due && (one.ended || one.off != null);

/** The station's roster: whose hours are to be confirmed, what is to come, and what was. */
export function Roster({ station }: { station: string }) {
  const path = `/me/stations/${station}`;
  const asked = useMine<StationRoster>(`${path}/shifts`, { refetchInterval: 60_000 });
  const [form, open] = useState<StationRosterRow | "new">();
  // How many hours wait to be confirmed, and which newcomers would be alone, stands above.
  const again = useAgain(path);
  const leave = () => open(undefined);
  return (
    <section aria-label="排班">
      <Answered asked={asked}>
        {({ shifts, posts }) => {
          if (form)
            return (
              <ShiftForm
                station={station}
                posts={posts}
                before={form === "new" ? undefined : form}
                leave={leave}
                done={again}
              />
            );
          const [due, rest] = [shifts.filter((one) => one.due), shifts.filter((one) => !one.due)];
          const [past, coming] = [rest.filter(settled), rest.filter((one) => !settled(one))];
          const list = (some: StationRosterRow[]) =>
            some.map((one) => (
              <RosterShift key={one.id} of={one} station={station} change={() => open(one)} again={again} />
            ));
          return (
            <>
              <button type="button" className="main" onClick={() => open("new")}>
                排班、招募志愿者
              </button>
              {due.length > 0 && <h2>待确认时长</h2>}
              {list(due)}
              <h2>接下来</h2>
              {coming.length === 0 && (
                <p className="note">还没有排班。需要人手时排一班，附近的职工就能在手机上报名。</p>
              )}
              {list(coming)}
              {past.length > 0 && (
                <details>
                  <summary>近30天的 {past.length} 班</summary>
                  {list([...past].reverse())}
                </details>
              )}
            </>
          );
        }}
      </Answered>
    </section>
  );
}

import { useSearchParams } from "react-router";
import type { DutyDay, Me, MyStation } from "../../client/types";
import { count } from "../../shared/words";
import { Room } from "../door/room";
import { Frame } from "../frame";
import { Corner } from "../station/corner";
import { Enter } from "../station/enter";
import { Entries } from "../station/entries";
import { Findings } from "../station/findings";
import { Incidents } from "../station/incidents";
import { Meetings } from "../station/meetings";
import { RedeemHere } from "../station/redeem-here";
import { Refused } from "../station/refused";
import { Roster } from "../station/roster";
import { Round } from "../station/round";
import { SaidHere } from "../station/said";
import { Stock } from "../station/stock";
import { Supplies } from "../station/supplies";
import { useQueue } from "../station/use-queue";
import { Waits } from "../station/waits";
import { WalkIns } from "../station/walk-ins";
import { Answered, ToLogIn, useMine } from "../use-mine";

/** The station where I am on duty. */
export default function DutyPage() {
  const [search, change] = useSearchParams();
  const asked = useMine<MyStation[]>("/me/stations");
  const me = useMine<Me>("/me");
  return (
    <Frame title="我的驿站">
      <Answered asked={asked}>
        {(stations) => {
          const chosen = stations.find((one) => one.id === search.get("station")) ?? stations[0];
          if (!chosen) return <p className="note">您现在没有值守的驿站。任命站长后，这里会显示您的驿站。</p>;
          return (
            <>
              {stations.length > 1 && (
                <nav className="switch" aria-label="选择驿站">
                  {stations.map((one) => (
                    <button
                      key={one.id}
                      type="button"
                      className="plain"
                      aria-pressed={one === chosen}
                      onClick={() => change({ station: one.id }, { replace: true })}
                    >
                      {one.name}
                    </button>
                  ))}
                </nav>
              )}
              <Answered asked={me}>
                {({ person_id }) => <Day key={`${chosen.id} ${person_id}`} station={chosen.id} by={person_id} />}
              </Answered>
            </>
          );
        }}
      </Answered>
    </Frame>
  );
}

const PARTS = {
  enter: "登记",
  round: "检查",
  findings: "整改",
  incidents: "事件急救",
  supplies: "药品物资",
  stock: "设施",
  redeem: "核销",
  room: "门与设备",
  corner: "爱心角",
  desks: "咨询",
  meetings: "活动",
  roster: "排班",
  said: "评价",
  today: "今天",
} as const;
type Part = keyof typeof PARTS;
const PART_NAMES = Object.keys(PARTS) as Part[];

function Day({ station, by }: { station: string; by: string }) {
  const asked = useMine<DutyDay>(`/me/stations/${station}`, { refetchInterval: 60_000 });
  const queue = useQueue(station, by);
  const [search, change] = useSearchParams();
  const part = PART_NAMES.find((one) => one === search.get("part")) ?? "enter";
  const open = (next: Part) => change({ station, part: next }, { replace: true });
  if (queue.stranger) return <ToLogIn />;
  return (
    <Answered asked={asked}>
      {(day) => (
        <>
          <section className="standing" aria-label="今天">
            <p className="display">{day.station.name}</p>
            <p>
              {day.station.role_label} · {day.station.now.text}
            </p>
            {day.pause && day.pause.text !== day.station.now.text && <p>{day.pause.text}</p>}
            <p>
              今天到站 <b className="figure">{count(day.visits)}</b> 人次，服务{" "}
              <b className="figure">{count(day.services)}</b> 人次
            </p>
            {day.rounds.length === 0 && day.station.now.open && <p>今天还没有开站检查。</p>}
            {day.alone.map((when) => (
              <p key={when}>{when}的班次只有第一次参加的志愿者，请安排人带，或请有经验的志愿者报名。</p>
            ))}
            <Waits day={day} />
          </section>
          <div className="heard">
            <p role="status" className="quiet">
              {queue.kept.length > 0
                ? `${queue.kept.length} 条记在本机，联网后自动上报：${queue.kept.map((one) => one.label).join("、")}`
                : queue.said}
            </p>
            {queue.unstored && queue.kept.length > 0 && (
              <p className="warns">这台手机没有空间保存了，没有上报的记录只在本页。上报前请不要关闭、刷新本页。</p>
            )}
            {queue.others > 0 && (
              <p className="quiet">本机还有别人登记的 {count(queue.others)} 条没有上报，由本人登录后自动上报。</p>
            )}
            <Refused all={queue.unsettled} settle={queue.settle} />
          </div>
          <nav className="switch many" aria-label="值守">
            {PART_NAMES.map((one) => (
              <button key={one} type="button" className="plain" aria-pressed={one === part} onClick={() => open(one)}>
                {PARTS[one]}
              </button>
            ))}
          </nav>
          {part === "enter" && <Enter day={day} keep={queue.write} />}
          {part === "round" && <Round day={day} waiting={[...queue.kept, ...queue.arrived]} keep={queue.write} />}
          {part === "findings" && <Findings station={station} />}
          {part === "stock" && <Stock day={day} />}
          {part === "redeem" && <RedeemHere station={station} />}
          {part === "room" && <Room station={station} />}
          {part === "supplies" && <Supplies station={station} waiting={queue.kept} keep={queue.write} />}
          {part === "incidents" && <Incidents station={station} keep={queue.write} />}
          {part === "corner" && <Corner station={station} />}
          {part === "desks" && <WalkIns day={day} />}
          {part === "meetings" && <Meetings station={station} keep={queue.write} />}
          {part === "roster" && <Roster station={station} />}
          {part === "said" && <SaidHere station={station} />}
          {part === "today" && <Entries day={day} />}
        </>
      )}
    </Answered>
  );
}

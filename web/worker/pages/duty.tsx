import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { Problem } from "../../client/http";
import type { DutyDay, Me, MyStation } from "../../client/types";
import { count, today } from "../../shared/words";
import { Room } from "../door/room";
import { Frame } from "../frame";
import { Corner } from "../station/corner";
import { Enter } from "../station/enter";
import { Entries } from "../station/entries";
import { Findings } from "../station/findings";
import { Incidents } from "../station/incidents";
import { looked } from "../station/looked";
import { Meetings } from "../station/meetings";
import { RedeemHere } from "../station/redeem-here";
import { Refused } from "../station/refused";
import { type Choices, remember, remembered, stayAt } from "../station/remembered";
import { Roster } from "../station/roster";
import { Round } from "../station/round";
import { SaidHere } from "../station/said";
import { Stock } from "../station/stock";
import { Supplies } from "../station/supplies";
import { useQueue } from "../station/use-queue";
import { Waits } from "../station/waits";
import { WalkIns } from "../station/walk-ins";
import { Answered, isStranger, ToLogIn, useMine } from "../use-mine";

/** The station where I am on duty. Opened without a network it knows where that was, so that what happens is written down. */
export default function DutyPage() {
  const asked = useMine<MyStation[]>("/me/stations");
  const me = useMine<Me>("/me");
  const [kept] = useState(remembered);
  const on = asked.data;
  useEffect(() => {
    if (on) stayAt(on.map((one) => one.id));
  }, [on]);
  const isRefused = isJudged(asked.error) || isJudged(me.error);
  const by = me.data?.person_id ?? kept?.by;
  const before = kept?.by === by && !isRefused ? kept?.stations : undefined;
  const stations = on ?? before?.map((one) => one.station);
  return (
    <Frame title="我的驿站">
      {by && stations && !isRefused ? (
        <Stations stations={stations} by={by} isSure={me.data !== undefined} before={before} />
      ) : (
        <Answered asked={asked}>{() => <Answered asked={me}>{() => null}</Answered>}</Answered>
      )}
    </Frame>
  );
}

/** Whether the server has said no; that nothing came, or a fault, says nothing of who is on duty. */
const isJudged = (error: unknown) => isStranger(error) || (error instanceof Problem && error.isFinal);

interface StationsProps {
  stations: readonly Choices["station"][];
  by: string;
  /** Whether the server has said that it is he. */
  isSure: boolean;
  /** What the phone knew when the page was opened. */
  before?: Choices[];
}

function Stations({ stations, by, isSure, before }: StationsProps) {
  const [search, change] = useSearchParams();
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
              aria-pressed={one.id === chosen.id}
              onClick={() => change({ station: one.id }, { replace: true })}
            >
              {one.name}
            </button>
          ))}
        </nav>
      )}
      <Day
        key={`${chosen.id} ${by}`}
        station={chosen.id}
        by={by}
        isSure={isSure}
        before={before?.find((one) => one.station.id === chosen.id)}
      />
    </>
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

interface DayProps {
  station: string;
  by: string;
  isSure: boolean;
  /** What there is to choose from, until the server tells it. */
  before?: Choices;
}

function Day({ station, by, isSure, before }: DayProps) {
  const asked = useMine<DutyDay>(`/me/stations/${station}`, { refetchInterval: 60_000 });
  const queue = useQueue(station, by, isSure);
  const day = asked.data;
  useEffect(() => {
    if (day) remember(by, day);
  }, [day, by]);
  const choices = day ?? (isJudged(asked.error) ? undefined : before);
  if (queue.stranger) return <ToLogIn />;
  if (!choices) return <Answered asked={asked}>{() => null}</Answered>;
  return (
    <>
      {day ? (
        <Answered asked={asked}>{(day) => <Standing day={day} />}</Answered>
      ) : (
        <NotYet station={choices.station} isCut={asked.failureCount > 0} />
      )}
      <Heard queue={queue} />
      <Parts choices={choices} asked={asked} queue={queue} />
    </>
  );
}

/** What the day is like. */
function Standing({ day }: { day: DutyDay }) {
  return (
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
      {!looked(day.rounds, [], today()).has("opening") && day.station.now.open && <p>今天还没有开站检查。</p>}
      {day.alone.map((when) => (
        <p key={when}>{when}的班次只有第一次参加的志愿者，请安排人带，或请有经验的志愿者报名。</p>
      ))}
      <Waits day={day} />
    </section>
  );
}

/** In the place of the day, before the server told of it. */
function NotYet({ station, isCut }: { station: Choices["station"]; isCut: boolean }) {
  return (
    <section className="standing" aria-label="今天">
      <p className="display">{station.name}</p>
      <p role="status">
        {isCut
          ? "现在没有连上系统。登记、检查、事件急救照常填写，先记在本机，联网后自动上报；其他内容联网后显示。"
          : "正在打开…"}
      </p>
    </section>
  );
}

type Queue = ReturnType<typeof useQueue>;

/** What became of what was written down. */
function Heard({ queue }: { queue: Queue }) {
  return (
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
  );
}

function Parts({ choices, asked, queue }: { choices: Choices; asked: UseQueryResult<DutyDay>; queue: Queue }) {
  const [search, change] = useSearchParams();
  const station = choices.station.id;
  const part = PART_NAMES.find((one) => one === search.get("part")) ?? "enter";
  const open = (next: Part) => change({ station, part: next }, { replace: true });
  const waiting = [...queue.kept, ...queue.arrived];
  // Why an old day is not a new one stands above already.
  const told = (shown: (day: DutyDay) => ReactNode) =>
    asked.data ? shown(asked.data) : <Answered asked={asked}>{() => null}</Answered>;
  return (
    <>
      <nav className="switch many" aria-label="值守">
        {PART_NAMES.map((one) => (
          <button key={one} type="button" className="plain" aria-pressed={one === part} onClick={() => open(one)}>
            {PARTS[one]}
          </button>
        ))}
      </nav>
      {part === "enter" && <Enter day={choices} keep={queue.write} />}
      {part === "round" && (
        <Round
          day={choices}
          made={asked.data?.rounds}
          earlier={asked.data?.rounds_before}
          waiting={waiting}
          kept={queue.kept}
          keep={queue.write}
        />
      )}
      {part === "findings" && <Findings station={station} />}
      {part === "stock" && told((day) => <Stock day={day} />)}
      {part === "redeem" && <RedeemHere station={station} />}
      {part === "room" && <Room station={station} />}
      {part === "supplies" && <Supplies station={station} waiting={queue.kept} keep={queue.write} />}
      {part === "incidents" && <Incidents station={station} kept={queue.kept} keep={queue.write} />}
      {part === "corner" && <Corner station={station} />}
      {part === "desks" && <WalkIns day={choices} />}
      {part === "meetings" && <Meetings station={station} keep={queue.write} />}
      {part === "roster" && <Roster station={station} />}
      {part === "said" && <SaidHere station={station} />}
      {part === "today" && told((day) => <Entries day={day} />)}
    </>
  );
}

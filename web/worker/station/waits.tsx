import { Link } from "react-router";
import type { DutyDay } from "../../client/types";
import { count, day as inWords } from "../../shared/words";

/** What a pause finds planned in its days. */
const planned = ({ activities, shifts }: NonNullable<DutyDay["pause"]>): [number, string, string][] => [
  [activities, "meetings", `暂停期间有 ${count(activities)} 场活动，是否照常请与工会商定（见“活动”）。`],
  [shifts, "roster", `暂停期间有 ${count(shifts)} 个班次，是否照常请与工会商定（见“排班”）。`],
];

/** What waits at a station, the most urgent first, each a way to the part of the page where it is done. */
export function Waits({ day }: { day: DutyDay }) {
  const waits: [number, string, string][] = [
    [day.alarms, "room", `有 ${count(day.alarms)} 个报警没有解除（见“门与设备”）。`],
    [day.shut_from ? 1 : 0, "findings", `检查未达标，${inWords(day.shut_from)}前须复查达标，否则不再显示为开放。`],
    ...(day.pause ? planned(day.pause) : []),
    [day.roster_until ? 1 : 0, "roster", `${inWords(day.roster_until)}之后没有排班，请接着排（见“排班”）。`],
    [day.findings, "findings", `有 ${count(day.findings)} 个检查问题待整改。`],
    [day.reported, "stock", `有 ${count(day.reported)} 个问题有人反映，待核实（见“设施”）。`],
    [day.unseen, "stock", `有 ${count(day.unseen)} 项设施、服务超期没有确认，请到“设施”逐项确认。`],
    [day.short, "supplies", `有 ${count(day.short)} 种药品、物资不足或临期、过期（见“药品物资”）。`],
    [day.kept, "corner", `有 ${count(day.kept)} 份爱心物品待领取（见“爱心角”）。`],
    [day.hours, "roster", `有 ${count(day.hours)} 人次的志愿服务时长待确认（见“排班”）。`],
    [day.unanswered, "said", `近30天有 ${count(day.unanswered)} 条评价还没有回复（见“评价”）。`],
  ];
  return waits
    .filter(([many]) => many > 0)
    .map(([, part, words]) => (
      <p key={words}>
        <Link to={`?${new URLSearchParams({ station: day.station.id, part })}`} replace>
          {words}
        </Link>
      </p>
    ));
}

import { useQuery } from "@tanstack/react-query";
import { get, type Query, relative } from "../../client/http";
import type { Counts, Waiting } from "../../client/types";
import { useMay } from "../session";

/** Something that waits in a list: asked for with a filter, and counted by its total. */
interface Listed {
  code: string;
  label: string;
  /** Without it the list isn't asked for. */
  permission: string;
  /** The list, as the interface names it, and the filter. */
  list: string;
  asked: Query;
  /** The page that shows it. */
  path: string;
}

/** What waits in lists, in the order of the page; each is shown to those who can see to it. */
const LISTED: Listed[] = [
  {
    code: "plan.reminders",
    label: "待回复的催办",
    permission: "plan.break_down",
    list: "/reminders",
    // Those to others below are theirs to answer.
    asked: { open: true, received: true },
    path: "/reminders?received=true",
  },
  {
    code: "station.incidents",
    label: "待跟进的驿站事件",
    permission: "station.keep",
    list: "/station-incidents",
    asked: { open: true },
    path: "/station-incidents?open=true",
  },
  {
    code: "station.alarms",
    label: "未解除的驿站设备报警",
    permission: "station.keep",
    list: "/station-alarms",
    asked: { lasting: true },
    path: "/station-devices",
  },
  {
    code: "station.no_master",
    label: "没有站长的驿站",
    permission: "station.keep",
    list: "/stations",
    // One that is only prepared may have none.
    asked: { attention: "no_master", state: "open" },
    path: "/stations?attention=no_master&state=open",
  },
  {
    code: "station.climbed",
    label: "上级督办的驿站",
    permission: "station.keep",
    list: "/stations",
    asked: { attention: "climbed" },
    path: "/stations?attention=climbed",
  },
  {
    code: "station.neglected",
    label: "工会督办的驿站",
    permission: "station.keep",
    list: "/stations",
    // What has climbed above stands in the row before.
    asked: { attention: "at_union" },
    path: "/stations?attention=at_union",
  },
  {
    code: "station.faults",
    label: "职工反映、待核实的驿站问题",
    permission: "station.keep",
    list: "/station-faults",
    asked: { standing: "unanswered" },
    path: "/station-faults?standing=unanswered",
  },
  {
    code: "station.vacant_desks",
    label: "咨询人员已不能接待的窗口",
    permission: "station.keep",
    list: "/station-desks",
    asked: { vacant: true },
    path: "/station-desks?open=vacant",
  },
  {
    code: "station.mendings",
    label: "待核验的驿站整改",
    permission: "station.inspect",
    list: "/station-findings",
    asked: { standing: "reported" },
    path: "/station-findings?standing=reported",
  },
  {
    code: "station.inspection_late",
    label: "过了安排日期还没检查的驿站",
    permission: "station.inspect",
    list: "/station-inspections",
    asked: { late: true },
    path: "/station-inspections?state=late",
  },
  {
    code: "station.below_standard",
    label: "检查未达标、待整改复查的驿站",
    permission: "station.inspect",
    list: "/stations",
    asked: { attention: "below_standard" },
    path: "/stations?attention=below_standard",
  },
  {
    code: "station.inspection_overdue",
    label: "“五强”检查已逾期的驿站",
    permission: "station.inspect",
    list: "/stations",
    asked: { attention: "inspection_overdue" },
    path: "/stations?attention=inspection_overdue",
  },
  {
    code: "station.inspection_soon",
    label: "“五强”检查30天内到期的驿站",
    permission: "station.inspect",
    list: "/stations",
    asked: { attention: "inspection_soon" },
    path: "/stations?attention=inspection_soon",
  },
  {
    code: "station.expired",
    label: "已过期、待清理的驿站药品物资",
    permission: "station.keep",
    list: "/station-supplies",
    asked: { warning: "expired" },
    path: "/station-supplies?warning=expired",
  },
  {
    code: "station.hours",
    label: "待确认时长的志愿服务班次",
    permission: "station.keep",
    list: "/station-shifts",
    asked: { due: true },
    path: "/station-shifts?due=true&over=all",
  },
  {
    code: "benefit.disputes",
    label: "有异议待答复的结算单",
    permission: "benefit.settle",
    list: "/benefit-settlements",
    asked: { waiting: "answer" },
    path: "/benefit-settlements?waiting=answer",
  },
  {
    code: "benefit.settle",
    label: "待结算的结算单",
    permission: "benefit.settle",
    list: "/benefit-settlements",
    asked: { waiting: "settle" },
    path: "/benefit-settlements?waiting=settle",
  },
  {
    code: "benefit.pay",
    label: "待付款的结算单",
    permission: "benefit.settle",
    list: "/benefit-settlements",
    asked: { waiting: "pay" },
    path: "/benefit-settlements?waiting=pay",
  },
  {
    code: "benefit.book",
    label: "已付款、经费没有列支的结算单",
    permission: "benefit.settle",
    list: "/benefit-settlements",
    asked: { waiting: "book" },
    path: "/benefit-settlements?waiting=book",
  },
  {
    code: "benefit.not_drawn",
    label: "报名抽签、因使用截止日已过没有抽签的服务",
    permission: "benefit.publish",
    list: "/benefit-offers",
    asked: { too_late: true, from_above: false },
    path: "/benefit-offers?state=too_late&from_above=false",
  },
  {
    code: "benefit.nominations",
    label: "有推荐待审批的场次",
    permission: "benefit.approve",
    list: "/benefit-nomination-rounds",
    asked: { waiting: "decide" },
    path: "/nominations?waiting=decide",
  },
  {
    code: "benefit.to_show",
    label: "审批完、待公示的推荐场次",
    permission: "benefit.approve",
    list: "/benefit-nomination-rounds",
    asked: { waiting: "show" },
    path: "/nominations?waiting=show",
  },
  {
    code: "benefit.objections",
    label: "公示异议待答复的场次",
    permission: "benefit.approve",
    list: "/benefit-nomination-rounds",
    asked: { waiting: "answer" },
    path: "/nominations?waiting=answer",
  },
  {
    code: "benefit.to_postpone",
    label: "公示期满、因使用截止日已过没有发放的场次",
    permission: "benefit.approve",
    list: "/benefit-nomination-rounds",
    asked: { waiting: "postpone" },
    path: "/nominations?waiting=postpone",
  },
  {
    code: "organisations.terms",
    label: "换届到期或临近的工会",
    permission: "organisations.view",
    list: "/organisations",
    asked: { term: "ending" },
    path: "/organisations?term=ending",
  },
  {
    code: "export.waiting",
    label: "待批准的导出",
    permission: "export.approve",
    list: "/exports/waiting",
    asked: {},
    path: "/exports?tab=waiting",
  },
  {
    code: "access.assessments_missing",
    label: "缺少有效影响评估的敏感个人信息处理",
    permission: "access.assess",
    list: "/impact-assessments/missing",
    asked: {},
    path: "/impact-assessments",
  },
  {
    code: "access.assessments_expired",
    label: "到期后还没有重新做的影响评估",
    permission: "access.assess",
    list: "/impact-assessments",
    asked: { expired: true },
    path: "/impact-assessments?expired=true",
  },
  {
    code: "access.assessments_soon",
    label: "60天内到期的影响评估",
    permission: "access.assess",
    list: "/impact-assessments",
    asked: { soon: true },
    path: "/impact-assessments?soon=true",
  },
];

/** How much waits in each list that the officer may see to. */
export function useCounted() {
  const may = useMay();
  const listed = LISTED.filter((one) => may(one.permission));
  // As one call: each of its own would bring more of headers than it answers.
  const of = listed.map((one) => relative(one.list, one.asked)).join("\n");
  const asked = useQuery({
    queryKey: ["/counts", of],
    queryFn: () => get<Counts>("/counts", { of }),
    enabled: of !== "",
  });
  const rows: Waiting[] = listed.map(({ code, label, path }, at) => ({
    code,
    label,
    count: asked.data?.totals[at] ?? 0,
    path,
  }));
  return { rows, asked };
}

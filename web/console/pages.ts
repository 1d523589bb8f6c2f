import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { matchPath } from "react-router";

type Page = LazyExoticComponent<ComponentType>;

/** The kinds of work that the menu is grouped by, in its order. */
export const WORK = {
  home: "首页",
  plan: "年度计划",
  members: "会员",
  enrolment: "集中入会",
  stations: "工会驿站",
  benefit: "普惠服务",
  organisations: "组织与单位",
  ledger: "台账",
  system: "系统",
} as const;

/** One page of the console. */
export interface PageEntry {
  /** Its address, as React Router reads it. */
  path: string;
  /** Its name in the menu; a page without one is reached from another page. */
  label?: string;
  /** Under which work it stands. */
  work: keyof typeof WORK;
  /** What one must hold to see it; any of them. Everybody who is logged in, if absent. The server asks again. */
  permission?: string | string[];
  page: Page;
}

/** All pages. To add one: a line here, and a file below `pages/` that exports the component as default. */
export const PAGES: PageEntry[] = [
  { path: "/", label: "首页", work: "home", page: lazy(() => import("./pages/home")) },
  {
    path: "/plans",
    label: "计划与进度",
    work: "plan",
    permission: "plan.view",
    page: lazy(() => import("./pages/plans")),
  },
  { path: "/plans/:id", work: "plan", permission: "plan.view", page: lazy(() => import("./pages/plan-board")) },
  { path: "/plans/:id/edit", work: "plan", permission: "plan.edit", page: lazy(() => import("./pages/plan-edit")) },
  { path: "/plans/:id/budget", work: "plan", permission: "plan.view", page: lazy(() => import("./pages/plan-budget")) },
  {
    path: "/plans/:id/reports",
    work: "plan",
    permission: "plan.view",
    page: lazy(() => import("./pages/plan-reports")),
  },
  {
    path: "/reminders",
    label: "催办",
    work: "plan",
    permission: "plan.view",
    page: lazy(() => import("./pages/reminders")),
  },
  {
    path: "/quarters",
    label: "季度审定",
    work: "plan",
    permission: "plan.view",
    page: lazy(() => import("./pages/quarters")),
  },
  {
    path: "/indicators/:id/breakdown",
    work: "plan",
    permission: "plan.view",
    page: lazy(() => import("./pages/breakdown")),
  },
  { path: "/indicators/:id", work: "plan", permission: "plan.view", page: lazy(() => import("./pages/indicator")) },
  {
    path: "/members",
    label: "会员",
    work: "members",
    permission: "membership.view",
    page: lazy(() => import("./pages/members")),
  },
  {
    path: "/members/:id",
    work: "members",
    permission: "membership.view",
    page: lazy(() => import("./pages/member")),
  },
  {
    path: "/transfers",
    label: "会籍转接",
    work: "members",
    permission: "membership.transfer",
    page: lazy(() => import("./pages/transfers")),
  },
  {
    path: "/dues",
    label: "会费",
    work: "members",
    permission: "membership.view",
    page: lazy(() => import("./pages/dues")),
  },
  {
    path: "/lapses",
    label: "待谈话会员",
    work: "members",
    permission: "membership.view",
    page: lazy(() => import("./pages/lapses")),
  },
  {
    path: "/imports",
    label: "导入名册",
    work: "members",
    permission: "membership.import",
    page: lazy(() => import("./pages/imports")),
  },
  {
    path: "/imports/:id",
    work: "members",
    permission: "membership.import",
    page: lazy(() => import("./pages/import")),
  },
  {
    path: "/people",
    label: "人员",
    work: "members",
    permission: "people.view",
    page: lazy(() => import("./pages/people")),
  },
  {
    path: "/people/duplicates",
    label: "疑似重复",
    work: "members",
    permission: "people.merge",
    page: lazy(() => import("./pages/duplicates")),
  },
  {
    path: "/people/:id",
    work: "members",
    permission: "people.view",
    page: lazy(() => import("./pages/person")),
  },
  {
    path: "/privacy-requests",
    label: "个人信息请求",
    work: "members",
    permission: "membership.answer_privacy",
    page: lazy(() => import("./pages/privacy-requests")),
  },
  {
    path: "/events",
    label: "入会活动",
    work: "enrolment",
    permission: "membership.view_events",
    page: lazy(() => import("./pages/events")),
  },
  {
    path: "/events/:id",
    work: "enrolment",
    permission: "membership.view_events",
    page: lazy(() => import("./pages/event")),
  },
  {
    path: "/enrolment",
    label: "入会与建会",
    work: "enrolment",
    permission: "membership.view_enrolment",
    page: lazy(() => import("./pages/enrolment")),
  },
  {
    path: "/stations",
    label: "驿站",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/stations")),
  },
  { path: "/stations/:id", work: "stations", permission: "station.view", page: lazy(() => import("./pages/station")) },
  {
    path: "/station-catalogue",
    label: "驿站目录",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-catalogue")),
  },
  {
    path: "/station-devices",
    label: "驿站设备",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-devices")),
  },
  {
    path: "/station-supplies",
    label: "药品与物资",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-supplies")),
  },
  {
    path: "/station-gifts",
    label: "爱心捐赠",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-gifts")),
  },
  {
    path: "/station-activities",
    label: "驿站活动",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-activities")),
  },
  {
    path: "/station-desks",
    label: "咨询窗口",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-desks")),
  },
  {
    path: "/station-consultations",
    label: "我的咨询",
    work: "stations",
    permission: "station.advise",
    page: lazy(() => import("./pages/station-consultations")),
  },
  {
    path: "/station-findings",
    label: "整改清单",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-findings")),
  },
  {
    path: "/station-guests",
    label: "一日站长",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-guests")),
  },
  {
    path: "/station-incidents",
    label: "事件与急救",
    work: "stations",
    permission: "station.keep",
    page: lazy(() => import("./pages/station-incidents")),
  },
  {
    path: "/station-inspections",
    label: "驿站检查",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-inspections")),
  },
  {
    path: "/station-inspections/:id",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-inspection")),
  },
  {
    path: "/station-need",
    label: "建站建议",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-need")),
  },
  {
    path: "/station-requests",
    label: "收集的诉求",
    work: "stations",
    permission: "station.keep",
    page: lazy(() => import("./pages/station-requests")),
  },
  {
    path: "/station-standard",
    label: "驿站标准",
    work: "stations",
    permission: "station.view",
    page: lazy(() => import("./pages/station-standard")),
  },
  {
    path: "/benefit-offers",
    label: "普惠服务",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("./pages/benefit-offers")),
  },
  {
    path: "/benefit-offers/:id",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("./pages/benefit-offer")),
  },
  {
    path: "/redemptions",
    label: "核销凭证",
    work: "benefit",
    permission: "benefit.redeem",
    page: lazy(() => import("./pages/redemptions")),
  },
  {
    path: "/benefit-batches/:id",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("./pages/benefit-batch")),
  },
  {
    path: "/benefit-partners",
    label: "核销点",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("./pages/benefit-partners")),
  },
  {
    path: "/nominations",
    label: "推荐与公示",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("./pages/nominations")),
  },
  {
    path: "/nominations/:id",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("./pages/nomination-round")),
  },
  {
    path: "/benefit-settlements",
    label: "月度结算",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("./pages/benefit-settlements")),
  },
  {
    path: "/benefit-settlements/:id",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("./pages/benefit-settlement")),
  },
  {
    path: "/organisations",
    label: "组织",
    work: "organisations",
    permission: "organisations.view",
    page: lazy(() => import("./pages/organisations")),
  },
  {
    path: "/organisations/:id",
    work: "organisations",
    permission: "organisations.view",
    page: lazy(() => import("./pages/organisation")),
  },
  {
    path: "/employers",
    label: "用人单位",
    work: "organisations",
    permission: "workforce.view",
    page: lazy(() => import("./pages/employers")),
  },
  {
    path: "/platforms",
    label: "平台企业",
    work: "organisations",
    permission: "workforce.view",
    page: lazy(() => import("./pages/platforms")),
  },
  {
    path: "/branches",
    label: "分支机构",
    work: "organisations",
    permission: "workforce.view",
    page: lazy(() => import("./pages/branches")),
  },
  {
    path: "/head-counts",
    label: "在岗人数",
    work: "organisations",
    permission: "workforce.view",
    page: lazy(() => import("./pages/head-counts")),
  },
  {
    path: "/worker-groups",
    label: "职工群体",
    work: "organisations",
    permission: "workforce.view",
    page: lazy(() => import("./pages/worker-groups")),
  },
  {
    path: "/ledger",
    label: "台账",
    work: "ledger",
    permission: "ledger.view",
    page: lazy(() => import("./pages/ledger")),
  },
  { path: "/account", work: "system", page: lazy(() => import("./pages/account")) },
  {
    path: "/exports",
    label: "导出",
    work: "ledger",
    permission: ["ledger.export", "membership.export", "station.export", "audit.export", "export.approve"],
    page: lazy(() => import("./pages/exports")),
  },
  {
    path: "/accounts",
    label: "账号",
    work: "system",
    permission: "access.view",
    page: lazy(() => import("./pages/accounts")),
  },
  {
    path: "/roles",
    label: "角色",
    work: "system",
    permission: "access.view",
    page: lazy(() => import("./pages/roles")),
  },
  {
    path: "/tokens",
    label: "接口令牌",
    work: "system",
    permission: "access.view",
    page: lazy(() => import("./pages/tokens")),
  },
  {
    path: "/rules",
    label: "规则",
    work: "system",
    permission: "rulebook.view",
    page: lazy(() => import("./pages/rules")),
  },
  {
    path: "/calendar",
    label: "工作日历",
    work: "system",
    permission: "rulebook.view",
    page: lazy(() => import("./pages/calendar")),
  },
  {
    path: "/audit",
    label: "审计",
    work: "system",
    permission: "audit.view",
    page: lazy(() => import("./pages/audit")),
  },
];

/** Whether somebody who holds these permissions may open a page. */
export function mayOpen(entry: Pick<PageEntry, "permission">, held: readonly string[]): boolean {
  if (entry.permission === undefined) return true;
  const wanted = typeof entry.permission === "string" ? [entry.permission] : entry.permission;
  return wanted.some((permission) => held.includes(permission));
}

/** Whether an address leads to a page. A source of a record may be without one. */
export const hasPage = (pathname: string): boolean => PAGES.some((entry) => matchPath(entry.path, pathname));

/** The page of the menu that an address belongs to: itself, or else the first of the same work. */
export function menuPath(entries: PageEntry[], pathname: string): string | undefined {
  const entry = entries.find((one) => matchPath(one.path, pathname));
  if (!entry || entry.label) return entry?.path;
  const work = entries.filter((one) => one.work === entry.work && one.label);
  return (work.find((one) => pathname.startsWith(`${one.path}/`)) ?? work[0])?.path;
}

import { lazy } from "react";
import { matchPath } from "react-router";
import { BENEFIT_PAGES } from "./benefit/pages";
import type { PageEntry } from "./page-entry";
import { STATION_PAGES } from "./station/pages";

/**
 * All pages. To add one: a line here or in the list of its programme, and a file below `pages/` that exports the component as
 * default.
 */
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
  ...STATION_PAGES,
  ...BENEFIT_PAGES,
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
  { path: "/account", title: "账号安全", work: "home", page: lazy(() => import("./pages/account")) },
  {
    path: "/exports",
    label: "导出",
    work: "ledger",
    permission: [
      "ledger.export",
      "membership.export",
      "station.export",
      "audit.export",
      "export.approve",
      "access.assess",
      // What was not taken of a table waits there for who sent it in.
      "membership.keep_dues",
      "station.import",
      "benefit.nominate",
      "plan.edit",
      "organisations.manage",
    ],
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
    path: "/keys",
    label: "密钥",
    work: "system",
    permission: "access.keys",
    page: lazy(() => import("./pages/keys")),
  },
  {
    path: "/impact-assessments",
    label: "个人信息保护影响评估",
    work: "system",
    permission: "access.assess",
    page: lazy(() => import("./pages/impact-assessments")),
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

const pageAt = (pathname: string) => PAGES.find((entry) => matchPath(entry.path, pathname));

/** Whether an address leads to a page. A source of a record may be without one. */
export const hasPage = (pathname: string): boolean => pageAt(pathname) !== undefined;

/** What the page of an address is called, everywhere; that of one record has no name of its own. */
export function nameAt(pathname: string): string | undefined {
  const entry = pageAt(pathname);
  return entry?.label ?? entry?.title;
}

/** The page of the menu that an address belongs to: itself, or else the first of the same work. */
export function menuPath(entries: PageEntry[], pathname: string): string | undefined {
  const entry = entries.find((one) => matchPath(one.path, pathname));
  if (!entry || entry.label) return entry?.path;
  const work = entries.filter((one) => one.work === entry.work && one.label);
  return (work.find((one) => pathname.startsWith(`${one.path}/`)) ?? work[0])?.path;
}

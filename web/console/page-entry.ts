import type { ComponentType, LazyExoticComponent } from "react";

type Page = LazyExoticComponent<ComponentType>;

/** The kinds of work that the menu is grouped by, in its order. */
export const WORK = {
  home: "首页",
  plan: "年度计划",
  members: "会员",
  enrolment: "集中入会",
  stations: "工会驿站",
  service: "驿站服务",
  benefit: "普惠服务",
  organisations: "组织与单位",
  ledger: "台账",
  system: "系统",
} as const;

/** One page of the console. */
export interface PageEntry {
  /** Its address, as React Router reads it. */
  path: string;
  /** Its name: in the menu, at its head and in the browser's tab. A page without one is reached from another page. */
  label?: string;
  /** The same, where it stands in no menu: of one's own account. A page of one record is called as that is. */
  title?: string;
  /** Under which work it stands. */
  work: keyof typeof WORK;
  /** What one must hold to see it; any of them. Everybody who is logged in, if absent. The server asks again. */
  permission?: string | string[];
  page: Page;
}

import type { ApplicationOutcome, Erased, ExportFormat, FoundingStep, MembershipStep } from "../../client/types";
import { DESKS, INCIDENTS } from "../../shared/stations";
import { CLAIM_STATES, SETTLEMENT_STATES, SETTLEMENT_TODO } from "../benefit/words";
import { ROSTER_FIELDS, STANDINGS } from "../membership/words";
import { RANKS } from "../organisation/words";
import { CONCLUSIONS, CONSENTS, PRIVACY_STATES, PURPOSES } from "../people/words";
import { QUARTERS } from "../plan/words";
import {
  ATTENTIONS,
  FAULT_STATES,
  INSPECTIONS,
  NEGLECTS,
  POSTS,
  STATES,
  KINDS as STATION_KINDS,
} from "../station/words";

type Words = Record<string, string>;

const FORMATS: Record<ExportFormat, string> = { xlsx: "Excel", csv: "CSV", pdf: "PDF" };
const BASES = { asked: "本人要求删除", term: "保存期满" } satisfies Words;
const ERASED: Record<Erased, string> = { everything: "全部", part: "一部分" };
const SORTS = {
  newest: "新的在前",
  oldest: "旧的在前",
  code: "按编号",
  inspected: "最久未检查的在前",
  stars: "星级低的在前",
} satisfies Words;
const OUTCOMES: Record<ApplicationOutcome, string> = {
  applied: "已提交申请",
  already: "已是会员或已申请",
  transfer_asked: "已提出转接",
};
const TERMS = {
  "membership.application": "入会审批",
  "membership.transfer": "会籍转接",
  "membership.privacy": "个人信息请求",
} satisfies Words;
const EXPORTS = {
  audit: "审计记录",
  impact_assessments: "个人信息保护影响评估",
  facts: "服务台账明细",
  figures: "服务数据汇总",
  members: "会员名册",
  benefit_batch: "体检、疗休养批次名单",
  benefit_claims: "普惠服务领取名单",
  benefit_nominations: "普惠服务推荐名单",
  benefit_redemptions: "普惠服务核销记录",
  benefit_settlements: "核销点月度结算",
  stations: "工会驿站",
  station_guests: "一日站长",
  station_activities: "驿站活动与报名",
  station_gifts: "驿站爱心捐赠",
  station_incidents: "驿站事件与急救",
  station_inspections: "驿站检查与整改",
  station_requests: "驿站收集的诉求",
  station_shifts: "驿站排班与志愿服务",
  station_supplies: "驿站药品与物资",
  station_use: "驿站使用情况",
  station_use_records: "驿站到站与服务记录",
  station_year: "驿站年度情况",
  wrong_dues: "会费表中有问题的行",
  wrong_nominations: "推荐表中有问题的行",
  wrong_plan: "计划表中有问题的行",
  wrong_stations: "驿站表中有问题的行",
} satisfies Words;
const FOUNDING: Record<FoundingStep, string> = {
  preparing: "筹备",
  applied: "请示",
  approved_to_prepare: "批复筹建",
  elected: "选举",
  approved: "批复成立",
  legal_person: "法人登记",
  re_election_due: "启动换届",
  re_elected: "换届选举",
  changed: "变更",
  merged: "合并",
  dissolved: "撤销",
};
const MEMBERSHIP: Record<MembershipStep, string> = {
  apply: "申请入会",
  approve: "批准入会",
  refuse: "不予批准",
  register: "登记入会",
  ask_transfer: "提出转接",
  accept_transfer: "接收转入",
  decline_transfer: "不接收转接",
  retain: "保留会籍",
  restore: "恢复会籍",
  leave: "退会",
  expel: "除名",
  die: "去世",
  undo: "撤销登记",
  follow_union: "随工会合并",
  merge: "会籍合并",
};

/** Codes that mean one thing under their key, whatever was done. */
const CODES: Record<string, Words> = {
  format: FORMATS,
  field: ROSTER_FIELDS,
  purpose: { ...PURPOSES, ...CONSENTS },
  basis: BASES,
  erased: ERASED,
  role: POSTS,
  rank: RANKS,
  outcome: OUTCOMES,
  conclusion: CONCLUSIONS,
  step: { ...FOUNDING, ...MEMBERSHIP },
  kind: { ...TERMS, ...EXPORTS, ...DESKS, ...INSPECTIONS, ...INCIDENTS, ...STATION_KINDS },
  attention: ATTENTIONS,
  neglect: NEGLECTS,
  waiting: SETTLEMENT_TODO,
  sort: SORTS,
  source: { "ledger/note": "手工登记", "ledger/reversal": "冲销" },
};

const words = (table: Record<string, [string, unknown]>): Words =>
  Object.fromEntries(Object.entries(table).map(([code, [label]]) => [code, label]));

/** What states are those of, by what the entry is about: of an export what was exported, else the first part of the act. */
const OF: Record<string, Words> = {
  members: words(STANDINGS),
  stations: words(STATES),
  station_faults: words(FAULT_STATES),
  benefit_batch: words(CLAIM_STATES),
  benefit_claims: words(CLAIM_STATES),
  benefit_settlements: words(SETTLEMENT_STATES),
  plan: words(QUARTERS),
  privacy: PRIVACY_STATES,
};

/** A code's word, if it is one. */
export function coded(about: string, key: string, code: string): string | undefined {
  return key === "state" ? OF[about]?.[code] : CODES[key]?.[code];
}

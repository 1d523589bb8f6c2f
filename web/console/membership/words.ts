// How states of memberships, events and imports read, and in which colour.
import type { EventView, ImportState, RosterField, RowVerdict, Standing } from "../../client/types";
import type { Tone } from "../parts/tones";

export const STANDINGS: Record<Standing, [string, Tone]> = {
  applied: ["待审批", "watch"],
  refused: ["未批准", "quiet"],
  normal: ["正常", "good"],
  transfer_pending: ["转接中", "watch"],
  retained: ["保留会籍", "plain"],
  left: ["已退会", "quiet"],
  expelled: ["已除名", "quiet"],
  deceased: ["已故", "quiet"],
};

export const IMPORT_STATES: Record<ImportState, [string, Tone]> = {
  mapped: ["待检查", "watch"],
  checking: ["正在检查", "plain"],
  checked: ["待导入", "watch"],
  running: ["正在导入", "plain"],
  done: ["已完成", "good"],
  cancelled: ["已停止", "watch"],
  undoing: ["正在撤销", "plain"],
  undone: ["已撤销", "quiet"],
  emptied: ["原文已清除", "quiet"],
};

export const VERDICTS: Record<RowVerdict, [string, Tone]> = {
  join: ["入会", "good"],
  transfer: ["转接", "plain"],
  already: ["已是会员", "quiet"],
  repeated: ["重复", "watch"],
  bad: ["有误", "bad"],
};

export const ROSTER_FIELDS: Record<RosterField, string> = {
  name: "姓名",
  document_kind: "证件类型",
  document_number: "证件号码",
  phone: "手机号码",
  group: "职工群体",
  platform: "平台企业",
  employer: "工作单位",
  credit_code: "单位统一社会信用代码",
  member_since: "入会日期",
};

/** Whether an event is over; until the evening of its last day its officers may still prolong it. */
export const isOver = (of: Pick<EventView, "state" | "ends_at">, today: string): boolean =>
  of.state === "closed" || of.ends_at.slice(0, 10) < today;

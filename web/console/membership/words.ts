// How states of memberships, events and imports read, and in which colour.
import type { ImportState, RowVerdict, Standing } from "../../client/types";
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

export const ROSTER_FIELDS = [
  ["name", "姓名"],
  ["document_kind", "证件类型"],
  ["document_number", "证件号码"],
  ["phone", "手机号码"],
  ["group", "职工群体"],
  ["platform", "平台企业"],
  ["employer", "工作单位"],
  ["credit_code", "单位统一社会信用代码"],
  ["member_since", "入会日期"],
] as const;

export const DOCUMENT_KINDS = [
  ["citizen_number", "居民身份证"],
  ["hk_mo_tw_residence", "港澳台居民居住证"],
  ["foreign_permanent_resident", "外国人永久居留身份证"],
  ["foreign_permanent_resident2017", "外国人永久居留身份证（2017版）"],
  ["hk_mo_travel", "港澳居民来往内地通行证"],
  ["taiwan_travel", "台湾居民来往大陆通行证"],
  ["passport", "护照"],
] as const;

/** Pairs of code and word as antd's select takes them. */
export const options = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([value, label]) => ({ value, label }));

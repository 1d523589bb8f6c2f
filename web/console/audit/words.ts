import { day, yuan } from "../../shared/words";

/** What an entry of the audit calls what it tells besides, as its readers call it. */
const WORDS: Record<string, string> = {
  reason: "原因",
  purpose: "用途",
  field: "查看的内容",
  before: "修改前",
  after: "修改后",
  changed: "改动的项目",
  fields: "改动的项目",
  filter: "导出条件",
  columns: "导出的列",
  format: "格式",
  rows: "行数",
  bytes: "文件大小（字节）",
  waits: "须经批准",
  for: "申请人",
  sm3: "校验值（SM3）",
  sha256: "校验值（SHA-256）",
  hash: "校验值",
  table: "数据表",
  column: "字段",
  row: "行",
  key_version: "密钥版本",
  of: "所在工会",
  organisation: "组织",
  organisation_id: "组织",
  unions: "参加的工会",
  role: "角色",
  role_id: "角色",
  roles: "角色",
  person: "人员",
  member: "会员",
  members: "会员",
  name: "名称",
  title: "标题",
  label: "名称",
  username: "用户名",
  code: "代码",
  kind: "种类",
  type: "类型",
  state: "状态",
  active: "启用",
  offered: "可选",
  retired: "停用日期",
  version: "版本",
  source: "依据",
  note: "备注",
  text: "内容",
  words: "内容",
  amount_fen: "金额",
  unit_fen: "单价",
  allotted_fen: "预算",
  count: "数量",
  quantity: "数量",
  total: "总数",
  value: "数值",
  year: "年度",
  quarter: "季度",
  month: "月份",
  period: "报告期",
  day: "日期",
  on: "日期",
  at: "时间",
  as_of: "数据截至",
  from: "从",
  to: "到",
  from_day: "自",
  until: "截止",
  starts_at: "开始时间",
  ends_at: "结束时间",
  opens_at: "开始时间",
  closes_at: "结束时间",
  starts_on: "开始日期",
  ends_on: "结束日期",
  due_on: "期限",
  paid_on: "付款日期",
  expires_on: "到期日期",
  last_on: "最后一天",
  talked_on: "谈话日期",
  redeem_until: "使用期至",
  plan: "计划",
  indicator: "指标",
  indicators: "指标数",
  target: "目标",
  targets: "下达的目标",
  line: "经费项目",
  lines: "条数",
  station: "驿站",
  stations: "驿站",
  requests: "诉求数",
  star: "星级",
  event: "入会活动",
  kits: "礼包数",
  offer: "普惠服务",
  partner: "核销点",
  by_partner: "核销点提出",
  round: "场次",
  seats: "名额",
  approve: "同意",
  approved: "批准人数",
  refused: "未批准",
  more_places: "增加的核销点",
  step: "步骤",
  document_number: "文号",
  credit_code: "统一社会信用代码",
  chair: "主席",
  into: "并入",
  phone: "手机号码",
};

/** What a thing that an entry tells is called; what has no word yet stands as it is kept. */
export const word = (key: string): string => WORDS[key] ?? key;

/** The keys whose values are themselves names of things. */
const NAMES = ["fields", "changed"];

/** A value as people read it: money in yuan, days as written, yes and no; lists and what lies within one after the other. */
export function told(key: string, value: unknown): string {
  if (value === null || value === "") return "—";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") return key.endsWith("_fen") ? `${yuan(value)} 元` : String(value);
  if (typeof value === "string") return text(key, value);
  if (Array.isArray(value)) return value.map((one) => told(key, one)).join("、") || "—";
  const within = Object.entries(value as object);
  return within.map(([key, value]) => `${word(key)} ${told(key, value)}`).join("，") || "—";
}

function text(key: string, value: string): string {
  if (NAMES.includes(key)) return word(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value) : value;
}

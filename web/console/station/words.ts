import type {
  StationActivity,
  StationAttention,
  StationFault,
  StationForm,
  StationInspection,
  StationNeglectKind,
  StationNeglectTag,
  StationPost,
  StationRequest,
  StationState,
} from "../../client/types";
import type { Tone } from "../parts/tones";

/** Where a station stands: its word and colour. */
export const STATES: Record<StationState, [string, Tone]> = {
  open: ["开放", "good"],
  planned: ["筹建", "plain"],
  paused: ["暂停", "watch"],
  closed: ["已撤销", "quiet"],
};

export const KINDS: Record<StationForm["kind"], string> = { own: "自建", shared: "共建" };

/** Who is on duty at a station. */
export const POSTS: Record<StationPost["role"], string> = { master: "站长", deputy: "副站长" };

/** Whom a station is for. */
export const ACCESS: Record<NonNullable<StationForm["access"]>, string> = {
  everyone: "所有劳动者",
  members: "仅工会会员",
};

/** What wants looking after. */
export const ATTENTIONS: Record<StationAttention, string> = {
  faults: "有设施、服务不能用",
  unchecked: "今天未检查",
  round_wrong: "检查有不正常",
  no_master: "没有站长",
  below_standard: "检查未达标",
  unmended: "整改已逾期",
  inspection_overdue: "“五强”检查已逾期",
  inspection_soon: "“五强”检查30天内到期",
  neglected: "工会或上级督办",
  at_union: "工会督办",
  climbed: "上级督办：久未处理",
};

/** In which way something is neglected. */
export const NEGLECTS: Record<StationNeglectKind, string> = {
  round: "漏检",
  finding: "整改逾期",
  fault: "反映未核实",
  unseen: "设施未确认",
};

/** The colour of how high it has climbed. */
export const LEVELS: Record<StationNeglectTag["level"], Tone> = { master: "plain", union: "watch", above: "bad" };

/** The coordinate systems of maps. */
export const SYSTEMS = {
  wgs84: "GPS、天地图（WGS-84）",
  gcj02: "高德、腾讯地图（GCJ-02）",
  bd09: "百度地图（BD-09）",
} as const;

/** How an inspection comes. */
export const INSPECTIONS: Record<StationInspection["kind"], string> = {
  planned: "定期检查",
  unannounced: "暗访抽查",
  again: "整改复查",
};

/** How many stars an inspection gave, as a filter. */
export const STARS = ["未达标", "一星", "二星", "三星", "四星", "五星"].map((label, star) => ({
  value: `${star}`,
  label,
}));

/** What activities are. */
export const ACTIVITIES: Record<StationActivity["kind"], string> = {
  lecture: "讲座",
  reading: "读书",
  festival: "节日活动",
  training: "培训",
  health: "义诊体检",
  other: "其他活动",
};

/** What workers ask for. */
export const REQUESTS: Record<StationRequest["kind"], string> = {
  pay: "劳动报酬",
  safety: "劳动安全",
  insurance: "社会保险",
  rest: "休息休假",
  platform: "平台规则",
  training: "技能培训",
  station: "驿站服务",
  other: "其他",
};

/** How findings stand. */
export const STANDINGS = {
  unmended: "未整改完",
  overdue: "已逾期",
  reported: "待核验",
  mended: "已整改",
} as const;

/** Where something that visitors reported stands: its word and colour. */
export const FAULT_STATES: Record<StationFault["state"], [string, Tone]> = {
  open: ["待站长核实", "watch"],
  broken: ["已确认，正在处理", "bad"],
  mended: ["已恢复正常", "good"],
  unfounded: ["核实后未发现问题", "quiet"],
  dropped: ["驿站已撤销，不再处理", "quiet"],
};

/** How what visitors reported stands, as a filter. */
export const FAULTS = { unanswered: "待核实", mending: "正在处理", done: "已办结" } as const;

/** What visitors report. */
export const SUBJECTS = { equipment: "设施", service: "服务", other: "其他" } as const;

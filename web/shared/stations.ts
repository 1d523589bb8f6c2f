// What officers and phones both read of stations.

import type {
  NearItem,
  StationDesk,
  StationIncident,
  StationIncidentBefore,
  StationRoundCorrection,
  StationWalkIn,
} from "../client/types";

const BROKEN = {
  is: "故障",
  found: "故障",
  act: "报修",
  ask: "哪里坏了",
  hint: "如：不加热",
  leave: "不报了",
  again: "已修好",
};
const NOT_GIVEN = {
  is: "暂停服务",
  found: "问题",
  act: "暂停",
  ask: "什么情况",
  hint: "如：志愿者请假，下周恢复",
  leave: "不暂停了",
  again: "已恢复",
};

/** What is said of what does not work: a service is not given for a while, and neither broken nor mended. */
export const failing = (kind: NearItem["kind"]) => (kind === "service" ? NOT_GIVEN : BROKEN);

/** Why one had better ask before counting on something that works; nothing where nobody doubts it. */
export function doubt({ kind, reported, unconfirmed }: Pick<NearItem, "kind" | "reported" | "unconfirmed">) {
  if (reported) return `有人反映${failing(kind).found}，待核实`;
  return unconfirmed ? "待核实" : undefined;
}

/** What desks advise on. */
export const DESKS: Record<StationDesk["kind"], string> = {
  legal: "法律援助",
  job: "求职就业",
  counselling: "心理咨询",
};

/** Who was written down at a desk: two whose names are masked alike are told apart by their numbers. */
export const called = ({ name, phone }: Pick<StationWalkIn, "name" | "phone">) =>
  name ? `${name} ${phone ?? ""}`.trim() : "不记名";

/** What happens at stations. */
export const INCIDENTS: Record<StationIncident["kind"], string> = {
  injury: "受伤",
  heat_stroke: "中暑",
  illness: "突发疾病",
  quarrel: "纠纷",
  theft: "失窃",
  fire: "火情",
  fault: "设施故障",
  other: "其他",
};

/** What an incident said before it was corrected. */
export const incidentBefore = (before: StationIncidentBefore) =>
  [
    `${before.kind_label}：${before.what}`,
    before.did && `处理：${before.did}`,
    before.ambulance && "救护车来过",
    before.police && "警察来过",
    before.used && `用了：${before.used.join("、") || "没有"}`,
    before.is_helped_changed && "被救助人已改",
  ]
    .filter(Boolean)
    .join("；");

/** What a look round found. */
export function roundSaid({ points, photos = [] }: Pick<StationRoundCorrection, "points" | "photos">) {
  const wrong = points.filter((point) => !point.ok);
  const words = wrong.map((point) => (point.note ? `${point.label}（${point.note}）` : point.label)).join("；");
  return `${words || "全部正常"}${photos.length > 0 ? `（照片${photos.length}张）` : ""}`;
}

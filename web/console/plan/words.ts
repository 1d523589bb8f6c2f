import type { BoardItem, IndicatorScale, IndicatorStatus, QuarterApproval } from "../../client/types";
import { count, NOTHING, wan, yuan } from "../../shared/words";
import type { Tone } from "../parts/tones";

/** Basis points as people say them: 8500 → 85%, 8116 → 81.16%; without a denominator a dash. */
export function percent(bp: number | null | undefined): string {
  return bp === null || bp === undefined ? NOTHING : `${(bp / 100).toFixed(2).replace(/\.?0+$/, "")}%`;
}

/** Money of a plan as the server's letters and reports word it (`plan::rules::scale`): whole hundreds of yuan in 万元, the rest to the fen. */
function money(fen: number): string {
  if (fen === 0) return "0 万元";
  return fen % 10_000 === 0 && Math.abs(fen) >= 1_000_000 ? `${wan(fen / 100)}元` : `${yuan(fen)} 元`;
}

/** A value of an indicator with its unit; the scale tells what the number is. */
export function valued(indicator: { scale: IndicatorScale; unit: string }, value: number | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  if (indicator.scale === "share") return percent(value);
  if (indicator.scale === "money") return money(value);
  return `${count(value)} ${indicator.unit}`;
}

/** How much came in since, with its sign; shares differ by percentage points. */
export function grown(indicator: { scale: IndicatorScale; unit: string }, change: number | null | undefined): string {
  if (change === null || change === undefined) return NOTHING;
  const size = valued(indicator, Math.abs(change));
  const text = indicator.scale === "share" ? `${size.slice(0, -1)} 个百分点` : size;
  return change === 0 ? "持平" : `${change > 0 ? "+" : "−"}${text}`;
}

type Based = { scale: IndicatorScale; unit: string; base?: number | null; base_period?: string | null };

/** The base value with its period, and by how much of it something grew: 基期（2025年全年）120 件，增长 25%. */
export function based(indicator: Based, change_bp?: number | null): string {
  const period = indicator.base_period ? `（${indicator.base_period}）` : "";
  const base = `基期${period} ${valued(indicator, indicator.base)}`;
  // A share's growth is told in percentage points already.
  if (indicator.scale === "share" || change_bp === null || change_bp === undefined) return base;
  return `${base}，${change_bp < 0 ? "下降" : "增长"} ${percent(Math.abs(change_bp))}`;
}

/** How a quarter that was handed up stands. */
export const QUARTERS: Record<QuarterApproval["state"], [string, Tone]> = {
  submitted: ["已报送，待审定", "watch"],
  approved: ["已审定", "good"],
  returned: ["已退回", "bad"],
};

/** The states of an indicator as people read them, the worst last. */
export const STATES: Record<IndicatorStatus, { label: string; tone: Tone; bar: string }> = {
  reached: { label: "已完成", tone: "good", bar: "var(--green)" },
  on_course: { label: "进展正常", tone: "plain", bar: "var(--blue)" },
  behind: { label: "进度偏慢", tone: "watch", bar: "#c27803" },
  far_behind: { label: "严重滞后", tone: "bad", bar: "var(--red)" },
  not_started: { label: "尚未启动", tone: "quiet", bar: "var(--quiet)" },
  missed: { label: "未完成", tone: "bad", bar: "var(--red)" },
  unknown: { label: "暂无数据", tone: "quiet", bar: "var(--quiet)" },
};

/** Where a target comes from, in words. */
export const ORIGINS: Record<NonNullable<BoardItem["origin"]>, string> = {
  plan: "计划目标",
  assigned: "上级下达",
  raised: "自行加码",
  inherited: "沿用计划目标",
};

/** The order of care: what is behind. */
export const BEHIND: IndicatorStatus[] = ["behind", "far_behind", "not_started", "missed"];

/** Lines of a list under their headings, in the headings' order; what belongs to none comes last. */
export function grouped<T>(
  items: readonly T[],
  heads: readonly { id?: string | null; title: string }[],
  key: (item: T) => string | null | undefined,
): { title: string; items: T[] }[] {
  const groups = heads.map((head) => ({
    title: head.title,
    items: items.filter((item) => key(item) === head.id),
  }));
  const known = new Set(heads.map((head) => head.id));
  const rest = items.filter((item) => !known.has(key(item) ?? ""));
  return [...groups, { title: "其他", items: rest }].filter((group) => group.items.length > 0);
}

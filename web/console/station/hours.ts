// Opening hours as they are typed: a line of stretches for each day.
import type { OpeningHours, Span } from "../../client/types";

export const WEEK = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"] as const;

/** The stretches of a day in one line: `08:30-12:00、14:00-18:00`; empty for a day that is closed. */
export const lineOf = (spans: Span[]): string => spans.map((span) => `${span.opens}-${span.closes}`).join("、");

const CLOCK = /^(([01]?\d|2[0-3])[:：][0-5]\d|24[:：]00)$/;

/** Reads a line; undefined if it isn't understood. The server says whether the stretches make sense. */
export function spansOf(line: string): Span[] | undefined {
  const parts = line
    .replace(/\s*([-－—–~～至:：])\s*/g, "$1")
    .split(/[、,，;；\s]+/)
    .filter((part) => part !== "");
  const spans = parts.map((part) => part.split(/[-－—–~～至]/));
  if (!spans.every((span) => span.length === 2 && span.every((clock) => CLOCK.test(clock)))) return undefined;
  const plain = (clock: string) => clock.replace("：", ":").padStart(5, "0");
  return spans.map(([opens = "", closes = ""]) => ({ opens: plain(opens), closes: plain(closes) }));
}

/** What is typed about hours. */
export interface TypedHours {
  week: string[];
  /** Whether holidays differ from the week. */
  differs: boolean;
  holiday: string;
  exceptions: { day: string; line?: string; reason?: string }[];
  self_service: boolean;
}

export const typedOf = (hours?: OpeningHours): TypedHours => ({
  week: hours ? hours.week.map(lineOf) : [...Array(5).fill("08:30-18:00"), "", ""],
  differs: hours?.holiday != null,
  holiday: lineOf(hours?.holiday ?? []),
  exceptions: (hours?.exceptions ?? []).map((one) => ({
    day: one.day,
    line: lineOf(one.spans),
    reason: one.reason ?? "",
  })),
  self_service: hours?.self_service ?? false,
});

export const hoursOf = (typed: TypedHours): OpeningHours => ({
  week: typed.week.map((line) => spansOf(line ?? "") ?? []),
  holiday: typed.differs ? (spansOf(typed.holiday ?? "") ?? []) : null,
  exceptions: (typed.exceptions ?? []).map((one) => ({
    day: one.day,
    spans: spansOf(one.line ?? "") ?? [],
    reason: one.reason?.trim() || null,
  })),
  self_service: typed.self_service,
});

import dayjs from "dayjs";

/** The periods that are asked for most; any other is chosen by its days. */
export const PERIODS = {
  days: "近30天",
  month: "本月",
  last_month: "上月",
  quarter: "本季度",
  last_quarter: "上季度",
  year: "今年",
  last_year: "去年",
};

/** The days of a period, up to today; the last 30 where it is none of those. */
export function daysOf(period: string, today: string): { from: string; to: string } {
  const [, last, unit = "days"] = /^(last_)?(month|quarter|year)$/.exec(period) ?? [];
  const now = dayjs(today);
  if (unit === "days") return { from: now.subtract(29, "day").format("YYYY-MM-DD"), to: today };
  // dayjs knows no quarters without a plugin: one begins with the month that has a multiple of three before it.
  const long = { month: 1, quarter: 3, year: 12 }[unit] ?? 1;
  const begun = now.startOf("month").subtract(now.month() % long, "month");
  const from = last ? begun.subtract(long, "month") : begun;
  return { from: from.format("YYYY-MM-DD"), to: last ? begun.subtract(1, "day").format("YYYY-MM-DD") : today };
}

/** The same day of the year before, as the server takes it: the 29th of February has the 28th for a twin. */
export const yearBefore = (day: string) => dayjs(day).subtract(1, "year").format("YYYY-MM-DD");

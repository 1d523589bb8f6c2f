import { day, minute } from "../../shared/words";

/** Until when something is good: the whole day, where it ends with it; else to the minute. */
export function until(instant: string): string {
  if (instant.slice(11, 16) !== "00:00") return minute(instant);
  const last = new Date(Date.parse(`${instant.slice(0, 10)}T00:00:00Z`) - 86_400_000);
  return `${day(last.toISOString())}（含当天）`;
}

/** The names of places, the first few of many. */
export function few(names: readonly string[]): string {
  return names.length <= 4 ? names.join("、") : `${names.slice(0, 3).join("、")}等 ${names.length} 处`;
}

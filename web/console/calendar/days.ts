import dayjs from "dayjs";
import type { CalendarDay } from "../../client/types";
import { readNotice } from "./notice";

/** Each day from the first to the last, both with them. */
export function between(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = dayjs(from); !day.isAfter(dayjs(to), "day"); day = day.add(1, "day"))
    days.push(day.format("YYYY-MM-DD"));
  return days;
}

/** A year's days with some of them set anew; without `set` they are as in the plain week again. */
export function changed(own: CalendarDay[], days: string[], set?: { is_off: boolean; name: string }): CalendarDay[] {
  const rest = own.filter((one) => !days.includes(one.day));
  const fresh = set ? days.map((day) => ({ day, ...set })) : [];
  return [...rest, ...fresh].sort((one, other) => one.day.localeCompare(other.day));
}

/** Days in words, those that follow each other as a stretch: `1月1日至1月3日`. Only another year is named. */
export function stretches(days: string[], year: number): string {
  const short = (day: string) => dayjs(day).format(day.startsWith(`${year}-`) ? "M月D日" : "YYYY年M月D日");
  const found: [string, string][] = [];
  for (const day of [...days].sort()) {
    const last = found.slice(-1)[0];
    if (last && dayjs(last[1]).add(1, "day").isSame(day, "day")) last[1] = day;
    else found.push([day, day]);
  }
  return found.map(([from, to]) => (from === to ? short(from) : `${short(from)}至${short(to)}`)).join("、");
}

/** What a holiday's days are, in the order of the year. */
export function holidays(days: CalendarDay[], year: number) {
  const names = [...new Set(days.map((one) => one.name))];
  return names.map((name) => {
    const of = (off: boolean) => days.filter((one) => one.name === name && one.is_off === off).map((one) => one.day);
    return { name, off: stretches(of(true), year), work: stretches(of(false), year), count: of(true).length };
  });
}

/** The days of a year's arrangement: the notice's own text, or a file in the public shape (`holiday-cn`). */
export function readYear(text: string, year: number): CalendarDay[] {
  if (!text.trimStart().startsWith("{")) return readNotice(text, year);
  const file = parsed(text) as { year?: unknown; days?: { name?: unknown; date?: unknown; isOffDay?: unknown }[] };
  if (file.year !== year || !Array.isArray(file.days)) throw new Error(`这不是${year}年的放假安排文件`);
  return file.days.map((one) => ({ day: String(one.date), is_off: one.isOffDay === true, name: String(one.name) }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("文件不完整，请重新下载，或改为粘贴通知正文");
  }
}

import dayjs from "dayjs";
import type { CalendarDay } from "../../client/types";

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

const short = (day: string) => dayjs(day).format("M月D日");

/** Days in words, those that follow each other as a stretch: `1月1日至1月3日`. */
export function stretches(days: string[]): string {
  const found: [string, string][] = [];
  for (const day of [...days].sort()) {
    const last = found.at(-1);
    if (last && dayjs(last[1]).add(1, "day").isSame(day, "day")) last[1] = day;
    else found.push([day, day]);
  }
  return found.map(([from, to]) => (from === to ? short(from) : `${short(from)}至${short(to)}`)).join("、");
}

/** What a holiday's days are, in the order of the year. */
export function holidays(days: CalendarDay[]): { name: string; off: string; work: string; count: number }[] {
  const names = [...new Set(days.map((one) => one.name))];
  return names.map((name) => {
    const of = (off: boolean) => days.filter((one) => one.name === name && one.is_off === off).map((one) => one.day);
    return { name, off: stretches(of(true)), work: stretches(of(false)), count: of(true).length };
  });
}

/** The days of a file in the public shape (`holiday-cn`): a year's days with name, date and whether they are off. */
export function readYear(text: string, year: number): CalendarDay[] {
  const file: unknown = JSON.parse(text);
  const read = file as { year?: unknown; days?: { name?: unknown; date?: unknown; isOffDay?: unknown }[] };
  if (read.year !== year || !Array.isArray(read.days)) throw new Error(`这不是${year}年的放假安排文件`);
  return read.days.map((one) => ({ day: String(one.date), is_off: one.isOffDay === true, name: String(one.name) }));
}

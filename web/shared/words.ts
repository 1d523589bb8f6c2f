// How numbers and days read in Chinese. Pages only format what the server counted.
import { timeNow } from "../client/clock";
import type { MaskedCompanion } from "../client/types";

/** What stands where nothing is known: an empty place reads as one that did not load. */
export const NOTHING = "—";

/** Yuan from fen, with thousands separated: 390000000 → 3,900,000.00. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? "-" : "";
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, "0");
  return `${sign}${whole.toLocaleString("en-US")}.${rest}`;
}

/** Fen from yuan, as somebody types them. */
export const fenOf = (yuan: number): number => Math.round(yuan * 100);

/** A large count for a glance: 1234567 → 123.46 万, 100000 → 10 万; below 10,000 in full. */
export function wan(value: number): string {
  if (Math.abs(value) < 10_000) return count(value);
  const text = (value / 10_000).toFixed(2).replace(/\.?0+$/, "");
  const [whole = "", rest] = text.split(".");
  return `${Number(whole).toLocaleString("en-US")}${rest ? `.${rest}` : ""} 万`;
}

/** A share in basis points as per cent: 5012 → 50.12%; without a denominator a dash. */
export function share(bp: number | null | undefined): string {
  return bp === null || bp === undefined ? NOTHING : `${(bp / 100).toFixed(2)}%`;
}

/** A count with thousands separated; nothing known is a dash. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? NOTHING : value.toLocaleString("en-US");
}

/** How many members are not in a share, and why. */
export function outside(members: number): string {
  return `另有 ${count(members)} 名会员所在单位未填报其群体的在岗人数，未计入`;
}

/** A heading for the records behind a share, among which are those of members who are not in it. */
export function behind(title: string, members: number | null | undefined): string {
  return members ? `${title}（含未计入的 ${count(members)} 名会员）` : title;
}

/** How many rows of a list are counted; a list with more tells one more. */
const COUNTED = 100_000;

/** How many rows a list has. */
export function listed(total: number): string {
  return total > COUNTED ? `超过 ${count(COUNTED)}` : `共 ${count(total)}`;
}

/** A day for reading: 2026-07-05 → 2026年7月5日. */
export function day(date: string | null | undefined): string {
  const found = date?.match(/^(\d{4})-(\d{2})-(\d{2})/);
  return found ? `${found[1]}年${Number(found[2])}月${Number(found[3])}日` : NOTHING;
}

/** A month for reading, of any of its days: 2026-07-01 → 2026年7月. */
export const month = (date: string): string => `${date.slice(0, 4)}年${Number(date.slice(5, 7))}月`;

/** From which day to which, one day said once: 2026年7月5日—2026年7月7日. */
export function fromTo(first: string | null | undefined, last: string | null | undefined): string {
  return first === last ? day(first) : `${day(first)}—${day(last)}`;
}

/** The same of what begins and ends on days. */
export const days = (of: { starts_on: string; ends_on: string }): string => fromTo(of.starts_on, of.ends_on);

/** An instant, in milliseconds since 1970, by Beijing's clock: 2026-07-05T14:03:59. */
const inBeijing = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 19);

/** The Beijing day of an instant: 2026-07-05. */
export const dayOf = (instant: number): string => inBeijing(instant).slice(0, 10);

/** So many days after a day, or before it: 2026-07-05. */
export const daysAfter = (day: string, days: number): string => dayOf(Date.parse(day) + days * 86_400_000);

/** Today in Beijing, as far as the server's clock is known: 2026-07-05. */
export const today = (): string => dayOf(timeNow());

/** An instant of the server (always +08:00): 2026年7月5日 14:03. */
export const minute = (instant: string | null | undefined): string =>
  instant ? `${day(instant)} ${instant.slice(11, 16)}` : NOTHING;

/** The same of what may lie years back, without the year while it is this one: 7月5日 14:03. */
export const lately = (instant: string | null | undefined): string =>
  minute(instant).replace(`${today().slice(0, 4)}年`, "");

/** The same to the second, where it is held against another log: 2026年7月5日 14:03:59. */
export const second = (instant: string): string => `${day(instant)} ${instant.slice(11, 19)}`;

/** The minute of an instant of this device: 2026年7月5日 14:03. */
export const minuteOf = (instant: number): string => minute(inBeijing(instant));

/** The time of day alone: 14:03. */
export const clock = (instant: string | null | undefined): string => minute(instant).slice(-5);

/** From when until when of one day, as opening hours are typed and read: 14:00-17:00. */
export const hours = (from: string | null | undefined, to: string | null | undefined): string =>
  `${clock(from)}-${clock(to)}`;

/** The same with the day, which is said once: 2026年7月5日 14:00-17:00; of several days 2026年7月5日 14:00—2026年7月6日 09:00. */
export function span(from: string, to: string): string {
  return from.slice(0, 10) === to.slice(0, 10) ? `${day(from)} ${hours(from, to)}` : `${minute(from)}—${minute(to)}`;
}

/** Who comes along to a batch, and of a child that his guardian agreed. */
export const companion = (one: MaskedCompanion): string =>
  `${one.name} ${one.number}${one.guardian_label ? `（${one.guardian_label}）` : ""}`;

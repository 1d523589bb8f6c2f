import type { CalendarDay } from "../../client/types";

/** A line of the State Council's notice: `二、春节：2月15日至23日放假调休，共9天。2月14日上班。` */
const LINE = /^(?:[一二三四五六七八九十]+、)?([^：:，,。\d]{1,20})[：:](.+)$/;
const DATE = /^(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日$/;

/** Reads the text of the State Council's notice for a year: which days are off, and which weekends are worked. */
export function readNotice(text: string, year: number): CalendarDay[] {
  const about = text.replace(/\s/g, "").match(/关于(\d{4})年部分节假日/)?.[1];
  if (about && Number(about) !== year) throw new Error(`这是${about}年的通知，现在载入的是${year}年`);
  const days = text.split(/\n/).flatMap((line) => readLine(line, year));
  if (days.length === 0) throw new Error("没有认出放假的日子，请粘贴通知正文里各个节日的几行");
  return days.sort((one, other) => one.day.localeCompare(other.day));
}

function readLine(line: string, year: number): CalendarDay[] {
  const plain = line.replace(/（[^）]*）|\([^)]*\)/g, "").replace(/\s/g, "");
  const [, name, rest] = plain.match(LINE) ?? [];
  if (!name || !rest) return [];
  // What is only encouraged is no day off.
  const sentences = rest.split(/[。；;]/).filter((sentence) => !sentence.startsWith("鼓励"));
  return sentences.flatMap((sentence) => {
    const [dates] = sentence.split(/放假|上班/);
    if (!dates || dates === sentence) return [];
    const days = readDates(dates, name, year);
    const told = Number(sentence.match(/[共假](\d+)天/)?.[1] ?? days.length);
    if (told !== days.length) throw new Error(`“${name}”写的是${told}天，认出${days.length}天，请核对`);
    return days.map((day) => ({ day, is_off: sentence.includes("放假"), name }));
  });
}

/** Dates and stretches of dates; what a later one leaves out is as in the one before. */
function readDates(text: string, name: string, year: number): string[] {
  let last: Date | undefined;
  const read = (words: string): Date | undefined => {
    const [, ownYear, ownMonth, date] = words.match(DATE) ?? [];
    const month = ownMonth ? Number(ownMonth) : last && last.getUTCMonth() + 1;
    if (!date || !month) return undefined;
    // The new year's days off may begin in the old year.
    const bare = name.includes("元旦") && month === 12 ? year - 1 : year;
    const found = new Date(Date.UTC(Number(ownYear ?? bare), month - 1, Number(date)));
    if (found.getUTCDate() !== Number(date)) throw new Error(`“${name}”里没有${month}月${date}日这一天，请核对`);
    last = found;
    return found;
  };
  return text.split(/[、，,和及]/).flatMap((part) => {
    const [from, to = from] = part.split(/至|到|—+|-/).map(read);
    if (!from || !to) return [];
    if (to < from) throw new Error(`“${name}”的起止日期颠倒了，请核对`);
    return stretch(from, to);
  });
}

function stretch(from: Date, to: Date): string[] {
  const days = (to.getTime() - from.getTime()) / 86_400_000;
  return Array.from({ length: days + 1 }, (_, index) =>
    new Date(from.getTime() + index * 86_400_000).toISOString().slice(0, 10),
  );
}

import dayjs, { type Dayjs } from "dayjs";

const days = new Map<string, Dayjs>();
const spans = new Map<string, [Dayjs | null, Dayjs | null]>();

function kept<V>(known: Map<string, V>, key: string, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/**
 * The day that a text tells: for the same text the same object. A picker takes another object for another day, and forgets what
 * is being typed once its page is drawn anew, as pages are whenever something arrives.
 */
export const dayOf = (text: string): Dayjs => kept(days, text, () => dayjs(text));

/** The same of two, either of which may be empty. */
export const spanOf = (from: string, to: string): [Dayjs | null, Dayjs | null] =>
  kept(spans, `${from}/${to}`, () => [from ? dayOf(from) : null, to ? dayOf(to) : null]);

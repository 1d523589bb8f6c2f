import dayjs from "dayjs";
import { type FocusEvent, type KeyboardEvent, useState } from "react";

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A year of days is one stop of the Tab key: the arrows go from day to day and from week to week. */
export function useDayKeys(year: number, today: string) {
  const [last, stay] = useState(today);
  const first = `${year}-01-01`;
  return {
    stop: last.startsWith(`${year}-`) ? last : first,
    onFocus: (event: FocusEvent<HTMLElement>) => stay(event.target.dataset.day ?? first),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const from = (event.target as HTMLElement).dataset.day;
      const step = STEPS[event.key];
      if (!from || !step) return;
      const to = dayjs(from).add(step, "day").format("YYYY-MM-DD");
      event.currentTarget.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus();
      event.preventDefault();
    },
  };
}

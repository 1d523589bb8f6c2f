import { useQueryClient } from "@tanstack/react-query";
import dayjs from "dayjs";
import { put, type Sending, type Tagged } from "../../client/http";
import type { CalendarDay, RegionCalendar } from "../../client/types";

/** Saves all own days of the year that is shown. */
export type SaveDays = (days: CalendarDay[], sending: Sending) => Promise<unknown>;

/** Saves a region's own days, if nobody else did since they were read. */
export function useSaveDays(read: Tagged<RegionCalendar> | undefined): SaveDays {
  const client = useQueryClient();
  return async (days, sending) => {
    const { year, region } = read?.value ?? {};
    const path = `/calendar/${year}?region=${region ?? ""}`;
    try {
      return await put<RegionCalendar>(path, { days }, { ...sending, tag: read?.tag });
    } finally {
      // Whoever is told that somebody else was faster sees at once what that one saved.
      await client.invalidateQueries({ queryKey: ["/calendar"] });
    }
  };
}

/** The days that a year's arrangement may name: its own, and the last month before and the first month after it. */
export const yearRange = (year: number) => ({
  minDate: dayjs(`${year - 1}-12-01`),
  maxDate: dayjs(`${year + 1}-01-31`),
});

import { useQueries } from "@tanstack/react-query";
import { getTagged } from "../../client/http";
import type { RegionCalendar, Waiting } from "../../client/types";
import { useMay, useToday } from "../session";

/** The notice of a year's days off comes out in November of the year before; without it no term into that year is known. */
export function useHolidays() {
  const may = useMay()("rulebook.manage");
  const today = useToday();
  const year = Number(today.slice(0, 4));
  const years = today.slice(5, 7) >= "11" ? [year, year + 1] : [year];
  const asked = useQueries({
    queries: years.map((year) => ({
      queryKey: ["/calendar", year, ""],
      queryFn: () => getTagged<RegionCalendar>(`/calendar/${year}`, { region: "" }),
      enabled: may && year > 0,
    })),
  });
  const rows: Waiting[] = years.map((year, at) => ({
    code: `rulebook.holidays.${year}`,
    label: `待载入的${year}年放假安排`,
    count: asked[at]?.data?.value.loaded === false ? 1 : 0,
    path: `/calendar?year=${year}`,
  }));
  return { rows, asked };
}

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { Link } from "react-router";
import { get, getTagged } from "../../client/http";
import type { RegionCalendar, StationConsultation, Waiting } from "../../client/types";
import { count } from "../../shared/words";
import { ProblemNotice } from "../parts/problem-notice";
import { useMay, useToday } from "../session";
import { useCounted } from "./counted";
import { useQuarters } from "./quarters";

/** What waits for the officer, each a link to where it is done. */
export function Todo() {
  const may = useMay();
  const todo = useQuery({
    queryKey: ["/enrolment/todo"],
    queryFn: () => get<Waiting[]>("/enrolment/todo"),
    enabled: may("membership.view"),
  });
  const counted = useCounted();
  const quarters = useQuarters();
  const holidays = useHolidays();
  const unmarked = useUnmarked();
  const asked = [todo, ...counted.asked, ...quarters.asked, holidays, unmarked];
  // Nobody has nothing to do before all have answered.
  const busy = asked.some((one) => one.isLoading);
  const problem = asked.find((one) => one.error)?.error;
  const all = [...quarters.rows, ...counted.rows, unmarked.row, ...(todo.data ?? []), holidays.row];
  const rows = all.filter((row) => row.count > 0);
  return (
    <section className="card first">
      <h2>待办</h2>
      <ProblemNotice problem={problem} />
      {busy && rows.length === 0 && <Skeleton active />}
      {!busy && !problem && rows.length === 0 && <p className="quiet">手头没有待办。</p>}
      <ul className="todo">
        {rows.map((row) => (
          <li key={row.code}>
            <Link to={row.path}>{row.label}</Link>
            <b className="figure">{count(row.count)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The notice of a year's days off comes out in November of the year before; without it no term into that year is known. */
function useHolidays(): { row: Waiting; error: unknown; isLoading: boolean } {
  const may = useMay()("rulebook.manage");
  const today = useToday();
  const year = Number(today.slice(0, 4)) + (today.slice(5, 7) >= "11" ? 1 : 0);
  const calendar = useQuery({
    queryKey: ["/calendar", year, ""],
    queryFn: () => getTagged<RegionCalendar>(`/calendar/${year}`, { region: "" }),
    enabled: may && year > 0,
  });
  const row = {
    code: "rulebook.holidays",
    label: `待载入的${year}年放假安排`,
    count: calendar.data?.value.loaded === false ? 1 : 0,
    path: `/calendar?year=${year}`,
  };
  return { row, error: calendar.error, isLoading: calendar.isLoading };
}

/** Whoever booked the officer himself and was not marked: it is counted nowhere until he says whether he came. */
function useUnmarked(): { row: Waiting; error: unknown; isLoading: boolean } {
  const may = useMay()("station.advise");
  const unmarked = useQuery({
    queryKey: ["/station-consultations", "unmarked"],
    queryFn: () => get<StationConsultation[]>("/station-consultations", { unmarked: true }),
    enabled: may,
  });
  const row = {
    code: "station.unmarked",
    label: "过了时间还没登记到没到的咨询",
    count: unmarked.data?.length ?? 0,
    path: "/station-consultations?unmarked=true",
  };
  return { row, error: unmarked.error, isLoading: unmarked.isLoading };
}

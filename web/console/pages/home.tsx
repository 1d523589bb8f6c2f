import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { Link } from "react-router";
import { get, getTagged } from "../../client/http";
import type { Page, RegionCalendar, Waiting } from "../../client/types";
import { count, day } from "../../shared/words";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { Changes, Glance } from "../plan/glance";
import { useMay, useSession, useToday } from "../session";

/** What waits for the officer. */
export default function Home() {
  const session = useSession().data;
  const may = useMay();
  return (
    <>
      <PageHead title={`${session?.name ?? ""}，您好`} note={day(session?.today)} />
      <div className="columns">
        {may("plan.view") ? <Glance /> : null}
        <div className="stack">
          <Todo />
          {may("plan.view") && <Changes />}
        </div>
      </div>
    </>
  );
}

function Todo() {
  const may = useMay();
  const todo = useQuery({
    queryKey: ["/enrolment/todo"],
    queryFn: () => get<Waiting[]>("/enrolment/todo"),
    enabled: may("membership.view"),
  });
  const open = { open: true, limit: 1 };
  const reminders = useQuery({
    queryKey: ["/reminders", "count"],
    queryFn: () => get<Page<unknown>>("/reminders", open),
    enabled: may("plan.view"),
  });
  const ending = useQuery({
    queryKey: ["/organisations", "ending"],
    queryFn: () => get<Page<unknown>>("/organisations", { term: "ending", limit: 1 }),
    enabled: may("organisations.view"),
  });
  const incidents = useQuery({
    queryKey: ["/station-incidents", "count"],
    queryFn: () => get<Page<unknown>>("/station-incidents", open),
    enabled: may("station.keep"),
  });
  const holidays = useHolidays();
  const asked = [todo, reminders, ending, incidents, holidays];
  // Nobody has nothing to do before all have answered.
  const busy = asked.some((one) => one.isLoading);
  const problem = asked.find((one) => one.error)?.error;
  const happened: Waiting = {
    code: "station.incidents",
    label: "待跟进的驿站事件",
    count: incidents.data?.total ?? 0,
    path: "/station-incidents?open=true",
  };
  const elections: Waiting = {
    code: "organisations.terms",
    label: "换届到期或临近的工会",
    count: ending.data?.total ?? 0,
    path: "/organisations?term=ending",
  };
  const reminded: Waiting = {
    code: "plan.reminders",
    label: "未办结的催办",
    count: reminders.data?.total ?? 0,
    path: "/reminders",
  };
  const rows = [reminded, ...(todo.data ?? []), happened, elections, holidays.row].filter((row) => row.count > 0);
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

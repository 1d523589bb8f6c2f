import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { Link } from "react-router";
import { get } from "../../client/http";
import type { Waiting } from "../../client/types";
import { count, day } from "../../shared/words";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { Glance } from "../plan/glance";
import { useMay, useSession } from "../session";

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
        </div>
      </div>
    </>
  );
}

function Todo() {
  const may = useMay();
  const todo = useQuery({
    queryKey: ["/membership/todo"],
    queryFn: () => get<Waiting[]>("/membership/todo"),
    enabled: may("membership.view"),
  });
  const rows = (todo.data ?? []).filter((row) => row.count > 0);
  return (
    <section className="card">
      <h2>待办</h2>
      <ProblemNotice problem={todo.error} again={() => todo.refetch()} />
      {todo.isLoading && <Skeleton active />}
      {!todo.isLoading && rows.length === 0 && <p className="quiet">手头没有待办。</p>}
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

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { Link } from "react-router";
import { get } from "../../client/http";
import type { Waiting } from "../../client/types";
import { count } from "../../shared/words";
import { useOrganisation } from "../parts/organisation";
import { ProblemNotice } from "../parts/problem-notice";
import { useMay, useSession } from "../session";
import { useCounted } from "./counted";
import { useHolidays } from "./holidays";
import { useQuarters } from "./quarters";
import { useTokens } from "./tokens";
import { useUnmarked } from "./unmarked";

/**
 * Of all that is his an officer is told here, whichever organisation his pages show: where that is one below his own, a row
 * leads to the list of his own, which has as many.
 */
function useWhole(): (row: Waiting) => Waiting {
  const [shown] = useOrganisation();
  const [own, another] = useSession().data?.organisations ?? [];
  if (!own || another || own.id === shown) return (row) => row;
  return (row) => ({ ...row, path: `${row.path}${row.path.includes("?") ? "&" : "?"}organisation=${own.id}` });
}

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
  const tokens = useTokens();
  const unmarked = useUnmarked();
  const asked = [todo, counted.asked, ...quarters.asked, ...holidays.asked, tokens, unmarked];
  // Nobody has nothing to do before all have answered.
  const busy = asked.some((one) => one.isLoading);
  const problem = asked.find((one) => one.error)?.error;
  const everywhere = [...counted.rows, unmarked.row, ...(todo.data ?? [])].map(useWhole());
  const all = [...quarters.rows, ...everywhere, ...holidays.rows, tokens.row];
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

import { useQueries } from "@tanstack/react-query";
import { Link } from "react-router";
import { get, type Query } from "../../client/http";
import type { Page } from "../../client/types";
import { useMay } from "../session";

/** What a house has nothing of when it is new. */
interface Step {
  label: string;
  /** How it is begun. */
  hint: string;
  permission: string;
  /** The list that tells whether it was begun, and how many rows it has before. */
  list: string;
  /** Which of its rows, where not all of them are one's own beginning. */
  own?: Query;
  before: number;
  /** Where it is begun. */
  path: string;
}

/** In the order in which one rests on the other. */
const STEPS: Step[] = [
  {
    label: "下级工会",
    hint: "打开本级工会，在它的页面里新建；多的用表格一次建立",
    permission: "organisations.manage",
    list: "/organisations",
    before: 1,
    path: "/organisations",
  },
  {
    label: "账号",
    hint: "给每位干部新建账号，授予角色",
    permission: "access.accounts",
    list: "/accounts",
    // The first day makes one for each of the three offices and one for the work.
    before: 4,
    path: "/accounts",
  },
  {
    label: "会员",
    hint: "用“导入名册”一次导入，或在“会员”里代录",
    permission: "membership.apply",
    list: "/members",
    before: 0,
    path: "/members",
  },
  {
    label: "驿站",
    hint: "新建或用表格导入，任命站长后开放",
    permission: "station.keep",
    list: "/stations",
    before: 0,
    path: "/stations",
  },
  {
    label: "普惠服务",
    hint: "先登记核销点，再新建、发布服务",
    permission: "benefit.keep",
    list: "/benefit-offers",
    own: { from_above: false },
    before: 0,
    path: "/benefit-offers",
  },
];

/** Those of some steps that were not begun. */
function useLeft(steps: Step[]): Step[] {
  const asked = useQueries({
    queries: steps.map(({ list, own }) => ({
      queryKey: [list, "count", "first-steps"],
      queryFn: () => get<Page<unknown>>(list, { ...own, limit: 0 }),
    })),
  });
  return steps.filter((one, at) => (asked[at]?.data?.total ?? Number.POSITIVE_INFINITY) <= one.before);
}

/**
 * In a new house: with what to begin; what was begun stands here no more. Once the first of it was, the house is not new: who has
 * members and no station may want none.
 */
export function FirstSteps() {
  const may = useMay();
  const steps = STEPS.filter((one) => may(one.permission));
  const [first] = useLeft(steps.slice(0, 1));
  // In a house that is not new, as nearly all are, the others are not asked about.
  const others = useLeft(first ? steps.slice(1) : []);
  if (!first) return null;
  return (
    <section className="card">
      <h2>从这里开始</h2>
      <ul className="todo first-steps">
        {[first, ...others].map((one) => (
          <li key={one.path}>
            <Link to={one.path}>{one.label}</Link>
            <span className="quiet">{one.hint}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

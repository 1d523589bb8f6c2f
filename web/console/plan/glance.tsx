import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Empty, Skeleton } from "antd";
import { Link, useNavigate } from "react-router";
import { get } from "../../client/http";
import type { Page, PlanBoard, PlanRow } from "../../client/types";
import { useOrganisation } from "../parts/organisation";
import { ProblemNotice } from "../parts/problem-notice";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";
import { ProgressBar, StateTag } from "./progress";
import { States } from "./states";
import { BEHIND, grown } from "./words";

const DEFAULTS = { plan: "" };

/**
 * This year's plan that was chosen of those that the organisation carries out; unless told its own, or else one from above; a
 * draft, by which nobody works yet, where there is nothing else. And where it stands. A year's plan comes out weeks after the
 * year began: until there is one, what came of the last year's stands here.
 */
function useThisYear() {
  const [organisation] = useOrganisation();
  const [{ plan: chosen }, change] = useFilters(DEFAULTS);
  const year = useToday().slice(0, 4);
  const of = (year: string) => {
    const asked = { year, carried_out_by: organisation };
    return { queryKey: ["/plans", "glance", asked], queryFn: () => get<Page<PlanRow>>("/plans", asked) };
  };
  const plans = useQuery(of(year));
  const none = plans.data?.items.length === 0;
  const last = useQuery({ ...of(String(Number(year) - 1)), enabled: none && year !== "" });
  const found = (none ? last.data?.items.filter((one) => one.state === "published") : plans.data?.items) ?? [];
  const published = found.filter((one) => one.state === "published");
  const plan =
    found.find((one) => one.id === chosen) ??
    published.find((one) => one.organisation_id === organisation) ??
    published[0] ??
    found[0];
  const board = useQuery({
    queryKey: ["plan", plan?.id, "board", { organisation }],
    queryFn: () => get<PlanBoard>(`/plans/${plan?.id}/board`, { organisation }),
    enabled: plan !== undefined,
  });
  return { year, none, plans, last, found, plan, board, choose: (plan: string) => change({ plan }) };
}

/** What the last month brought, indicator by indicator. */
export function Changes() {
  const { none, board } = useThisYear();
  const moved = (board.data?.items ?? []).filter((item) => item.month_before?.change);
  // In January what adds up has no day of its own year to be compared with.
  if (none || !board.data?.items.some((item) => item.month_before)) return null;
  return (
    <section className="card">
      <h2>一个月来的变化</h2>
      {moved.length === 0 && <p className="quiet">与上月同日相比没有变化。</p>}
      <ul className="todo">
        {moved.map((item) => (
          <li key={item.indicator.id}>
            <Link to={`/indicators/${item.indicator.id}`}>{item.indicator.name}</Link>
            <span className="figure">{grown(item.indicator, item.month_before?.change)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** This year's plan in short: how many indicators stand where, and which are behind. */
export function Glance() {
  const go = useNavigate();
  const may = useMay();
  const { year, none, plans, last, found, plan, board, choose } = useThisYear();
  const behind = (board.data?.items ?? []).filter((item) => item.status && BEHIND.includes(item.status));
  return (
    <section className="card">
      <h2>{plan ? <Link to={`/plans/${plan.id}`}>{plan.title}</Link> : "年度计划"}</h2>
      <ProblemNotice
        problem={plans.error ?? last.error ?? board.error}
        again={() => (plan ? board : none ? last : plans).refetch()}
      />
      {none && plan && (
        <p className="quiet">
          还没有{year}年的计划，这是{plan.year}年的完成情况。{may("plan.edit") && <Link to="/plans">去编制计划</Link>}
        </p>
      )}
      {plan && found.length > 1 && (
        <Dropdown
          // Not a field to choose from: all its code would come with the home page.
          trigger={["click"]}
          menu={{
            selectable: true,
            selectedKeys: [plan.id],
            onSelect: ({ key }) => choose(key),
            items: found.map((one) => ({
              key: one.id,
              label: `${one.organisation} · ${one.title}${one.state === "draft" ? "（草稿）" : ""}`,
            })),
          }}
        >
          <Button size="small">换一份计划（共{found.length}份）</Button>
        </Dropdown>
      )}
      {(plans.isLoading || last.isLoading || board.isLoading) && <Skeleton active />}
      {plans.data && !plan && !last.isLoading && (
        <Empty description={`还没有${year}年的计划。`}>{may("plan.edit") && <Link to="/plans">去编制计划</Link>}</Empty>
      )}
      {plan && board.data && (
        <>
          <States counts={board.data.counts} chosen="" choose={(state) => go(`/plans/${plan.id}?state=${state}`)} />
          <ul className="board plain">
            {behind.map((item) => (
              <li key={item.indicator.id}>
                <div className="board-name">
                  <Link to={`/indicators/${item.indicator.id}`}>{item.indicator.name}</Link>
                  <small>{item.forecast?.text}</small>
                </div>
                <ProgressBar indicator={item.indicator} standing={item} />
                <div className="board-state">
                  <StateTag status={item.status} />
                </div>
              </li>
            ))}
          </ul>
          {behind.length === 0 && <p className="quiet">没有滞后的指标。</p>}
        </>
      )}
    </section>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { get } from "../../client/http";
import type { BoardItem, Breakdown, IndicatorView, PlanBoard } from "../../client/types";
import { behind, count, day, outside, yuan } from "../../shared/words";
import { counted } from "../ledger/counted";
import { blocked } from "../parts/blocked";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { PaymentsBehind } from "../plan/payments";
import { ProgressBar, StateTag } from "../plan/progress";
import { RaiseWindow } from "../plan/raise";
import { Ranking } from "../plan/ranking";
import { SeriesChart } from "../plan/series-chart";
import { Values } from "../plan/value-window";
import { based, grown, ORIGINS, percent, valued } from "../plan/words";
import { useMay } from "../session";
import { useFilters } from "../use-filters";
import { useOpened } from "../use-opened";
import { Facts } from "./facts";

const DEFAULTS = { on: "", tree: "dated" };

/** One indicator for one organisation: where it stands, how it came there, who below contributes what. */
export default function Indicator() {
  const { id = "" } = useParams();
  const [organisation] = useOrganisation();
  const [filters] = useFilters(DEFAULTS);
  const [opened, open, close] = useOpened();
  const [raising, raise] = useState(false);
  const may = useMay();
  const indicator = useQuery({
    queryKey: ["indicator", id],
    queryFn: () => get<IndicatorView>(`/indicators/${id}`),
  });
  const plan = indicator.data?.plan_id;
  const asked = { organisation, ...filters };
  const board = useQuery({
    queryKey: ["plan", plan, "board", asked],
    queryFn: () => get<PlanBoard>(`/plans/${plan}/board`, asked),
    enabled: plan !== undefined,
  });
  const breakdown = useQuery({
    queryKey: ["indicator", id, "breakdown", asked],
    queryFn: () => get<Breakdown>(`/indicators/${id}/breakdown`, asked),
  });
  const item = board.data?.items.find((one) => one.indicator.id === id);
  const problem = blocked(indicator) ?? blocked(board);
  if (problem) return <ProblemNotice problem={problem} again={() => board.refetch()} />;
  if (!indicator.data || !board.data || !item) return <Skeleton active paragraph={{ rows: 8 }} />;
  return (
    <>
      <PageHead
        title={indicator.data.name}
        note={
          <>
            <Link to={`/plans/${plan}?${new URLSearchParams(asked)}`}>{board.data.title}</Link> ·{" "}
            {board.data.organisation} · 截至{day(board.data.on)}
          </>
        }
      >
        {may("plan.break_down") && item.origin && item.origin !== "plan" && (
          <Button onClick={() => raise(true)}>自行加码</Button>
        )}
        {item.drill && <Button onClick={() => open("facts")}>逐笔记录</Button>}
      </PageHead>
      <div className="stack">
        <Standing item={item} on={board.data.on} openPayments={() => open("payments")} />
        <SeriesChart indicator={indicator.data} asked={asked} />
        {breakdown.data && breakdown.data.children.length > 0 && <Ranking breakdown={breakdown.data} />}
        {indicator.data.source === "manual" && (
          <Values
            indicator={indicator.data}
            organisation={{
              id: board.data.organisation_id,
              name: board.data.organisation,
              hasBelow: (breakdown.data?.children.length ?? 0) > 0,
            }}
          />
        )}
      </div>
      <p className="quiet">{counted(board.data.cut_off)}</p>
      <RaiseWindow item={item} organisation={organisation} open={raising} close={() => raise(false)} />
      {opened === "payments" && <PaymentsBehind id={id} name={indicator.data.name} asked={asked} close={close} />}
      {opened === "facts" && item.drill && (
        <Facts
          asked={{
            ...item.drill,
            from: item.drill.from ?? "",
            kinds: item.drill.kinds.join(","),
            groups: item.drill.groups.join(","),
          }}
          title={behind(indicator.data.name, item.outside)}
          close={close}
        />
      )}
    </>
  );
}

interface StandingProps {
  item: BoardItem;
  /** The day at whose end it stands so. */
  on: string;
  openPayments: () => void;
}

function Standing({ item, on, openPayments }: StandingProps) {
  const { indicator, forecast, month_before, year_before, base_growth } = item;
  const may = useMay();
  const facts: [string, React.ReactNode, React.ReactNode?][] = [
    ["目标", valued(indicator, item.target), item.origin && ORIGINS[item.origin]],
    ["完成", valued(indicator, item.actual), share(item, may("workforce.view"))],
    ["完成率", percent(item.share_bp), item.elapsed_bp != null && `时间进度 ${percent(item.elapsed_bp)}`],
    [forecast && forecast.until <= on ? "期末" : "预计年底", valued(indicator, forecast?.value), forecast?.text],
    [
      "较上月同日",
      grown(indicator, month_before?.change),
      month_before && `上月同日 ${valued(indicator, month_before.actual)}`,
    ],
  ];
  if (year_before) {
    facts.push([
      "较上年同日",
      grown(indicator, year_before.change),
      `上年同日 ${valued(indicator, year_before.actual)}，全年 ${valued(indicator, year_before.whole)}`,
    ]);
  }
  if (base_growth) {
    facts.push(["较基期", grown(indicator, base_growth.change), based(indicator, base_growth.change_bp)]);
  }
  if (item.amount_fen > 0) {
    facts.push([
      "所用经费",
      <>
        {yuan(item.amount_fen)} 元{" "}
        {item.paid_fen > 0 && (
          <Button type="link" size="small" onClick={openPayments}>
            支付记录
          </Button>
        )}
      </>,
      item.cost_each_fen != null && `每份（人）${yuan(item.cost_each_fen)} 元`,
    ]);
  }
  return (
    <section className="card stack">
      <div className="filters">
        <StateTag status={item.status} />
        <span className="quiet">{indicator.definition}</span>
      </div>
      <ProgressBar indicator={indicator} standing={item} />
      <dl className="facts-grid">
        {facts.map(([name, value, note]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {note && <small>{note}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/**
 * The two numbers of a share, the day of the denominator, and how many members are in neither. Those of branches open into the
 * branches.
 */
function share(item: BoardItem, opensBranches: boolean): React.ReactNode {
  const { branches } = item;
  if (item.numerator == null) return item.counted_on && `填报于${day(item.counted_on)}`;
  if (branches && opensBranches) {
    const list = (more: object) => `/branches?${new URLSearchParams({ ...branches, ...more })}`;
    return (
      <>
        <Link to={list({ has_union: "true" })}>已建会 {count(item.numerator)}</Link> ÷{" "}
        <Link to={list({})}>分支机构 {count(item.denominator)}</Link>
      </>
    );
  }
  const of = `${count(item.numerator)} ÷ ${count(item.denominator)}`;
  const counted = item.counted_on ? `${of}（分母为${day(item.counted_on)}的人数）` : of;
  return item.outside ? `${counted}；${outside(item.outside)}` : counted;
}

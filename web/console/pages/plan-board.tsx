import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker, Empty, Skeleton } from "antd";
import dayjs from "dayjs";
import { Link, useParams } from "react-router";
import { get } from "../../client/http";
import type { BoardItem, PlanBoard, PlanDetail } from "../../client/types";
import { day } from "../../shared/words";
import { counted } from "../ledger/counted";
import { blocked } from "../parts/blocked";
import { FilterSelect } from "../parts/filter-select";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { dayOf } from "../parts/same-day";
import { Outlook, ProgressBar, StateTag } from "../plan/progress";
import { States } from "../plan/states";
import { PlanTabs } from "../plan/tabs";
import { grouped } from "../plan/words";
import { useMay, useSession, useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { on: "", tree: "dated", group: "chapter", state: "" };

/** Where an organisation stands with each indicator of a plan. */
export default function Board() {
  const { id = "" } = useParams();
  const [filters, change] = useFilters(DEFAULTS);
  const may = useMay();
  const [organisation, choose] = useOrganisation();
  const asked = { organisation, on: filters.on, tree: filters.tree };
  const plan = useQuery({ queryKey: ["plan", id], queryFn: () => get<PlanDetail>(`/plans/${id}`) });
  const board = useQuery({
    queryKey: ["plan", id, "board", asked],
    queryFn: () => get<PlanBoard>(`/plans/${id}/board`, asked),
    placeholderData: (before) => before,
  });
  const problem = blocked(plan) ?? blocked(board);
  if (problem) return <Refused problem={problem} plan={plan.data} choose={choose} />;
  if (!plan.data || !board.data) return <Skeleton active paragraph={{ rows: 10 }} />;
  return (
    <>
      <PageHead
        title={plan.data.title}
        note={`${board.data.organisation} · 截至${day(board.data.on)}${plan.data.state === "draft" ? " · 草稿" : ""}`}
      >
        {plan.data.own && may("plan.edit") && (
          <Link to={`/plans/${id}/edit`}>
            <Button>编制</Button>
          </Link>
        )}
      </PageHead>
      <PlanTabs plan={plan.data} shown="" />
      <BoardFilters filters={filters} change={change} on={board.data.on} />
      <States counts={board.data.counts} chosen={filters.state} choose={(state) => change({ state })} />
      <Items plan={plan.data} board={board.data} filters={filters} />
      <p className="quiet">
        竖线是时间进度。{filters.tree === "today" ? "按当前隶属关系统计" : "按发生时的隶属关系统计"}。
        {counted(board.data.cut_off)}
      </p>
    </>
  );
}

interface RefusedProps {
  problem: unknown;
  plan: PlanDetail | undefined;
  choose: (organisation: string) => void;
}

/** Mostly: the organisation that is chosen does not lie below the plan's. */
function Refused({ problem, plan, choose }: RefusedProps) {
  const own = useSession().data?.organisations[0];
  return (
    <>
      <PageHead title={plan?.title ?? "计划进度"} />
      <ProblemNotice problem={problem} />
      {plan && <p>这份计划由{plan.organisation}制定；上方所选的组织可能不在其下。</p>}
      {/* The plan of somebody below is looked at from there; one of above from one's own place. */}
      {plan?.own ? (
        <Button onClick={() => choose(plan.organisation_id)}>看{plan.organisation}</Button>
      ) : (
        own && <Button onClick={() => choose(own.id)}>看{own.name}</Button>
      )}{" "}
      <Link to="/plans">全部计划</Link>
    </>
  );
}

interface FilterProps {
  filters: typeof DEFAULTS;
  change: (changes: Partial<typeof DEFAULTS>) => void;
  /** The day that is shown: of a year that is over its last one. */
  on: string;
}

function BoardFilters({ filters, change, on: shown }: FilterProps) {
  const today = useToday();
  return (
    <div className="filters">
      <DatePicker
        aria-label="截至日期"
        allowClear={false}
        value={dayOf(filters.on || shown)}
        maxDate={dayjs(today)}
        onChange={(on) => change({ on: on && !on.isSame(today, "day") ? on.format("YYYY-MM-DD") : "" })}
      />
      <FilterSelect
        always
        label="隶属关系"
        value={filters.tree}
        change={(tree) => change({ tree })}
        options={[
          { value: "dated", label: "按发生时隶属" },
          { value: "today", label: "按当前隶属" },
        ]}
      />
      <FilterSelect
        always
        label="排列"
        value={filters.group}
        change={(group) => change({ group })}
        options={[
          { value: "chapter", label: "按章节" },
          { value: "measure", label: "按关爱举措" },
        ]}
      />
    </div>
  );
}

interface ItemsProps {
  plan: PlanDetail;
  board: PlanBoard;
  filters: typeof DEFAULTS;
}

function Items({ plan, board, filters }: ItemsProps) {
  const shown = board.items.filter(
    (item) => filters.state === "" || (item.status ?? "without_target") === filters.state,
  );
  const groups =
    filters.group === "measure"
      ? grouped(shown, plan.measures, (item) => item.indicator.measure_id)
      : grouped(shown, plan.chapters, (item) => item.indicator.chapter_id);
  if (groups.length === 0) {
    return <Empty description={board.items.length === 0 ? "计划里还没有指标。" : "没有处于这个状态的指标。"} />;
  }
  const query = new URLSearchParams({ organisation: board.organisation_id, on: filters.on, tree: filters.tree });
  return groups.map((group) => (
    <section key={group.title}>
      <h2 className="board-title">{group.title}</h2>
      <ul className="board">
        {group.items.map((item) => (
          <Item key={item.indicator.id} item={item} query={query.toString()} />
        ))}
      </ul>
    </section>
  ));
}

function Item({ item, query }: { item: BoardItem; query: string }) {
  const { indicator } = item;
  return (
    <li>
      <div className="board-name">
        <Link to={`/indicators/${indicator.id}?${query}`}>{indicator.name}</Link>
        <small>{indicator.definition}</small>
      </div>
      <ProgressBar indicator={indicator} standing={item} />
      <div className="board-state">
        <StateTag status={item.status} />
      </div>
      <Outlook indicator={indicator} standing={item} />
    </li>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "react-router";
import { get } from "../../client/http";
import type { StationRank, StationRanks, StationUse, UseFigure } from "../../client/types";
import { count, day, fromTo, listed } from "../../shared/words";
import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { TakeAway } from "../parts/take-away";
import { useToday } from "../session";
import { UseFigures } from "../station/use-figures";
import { type Narrow, openedOf, written } from "../station/use-opened";
import { daysOf, PERIODS } from "../station/use-period";
import { Figure, UseRecords } from "../station/use-records";
import { useFilters } from "../use-filters";
import { useOpened } from "../use-opened";

const DEFAULTS = { period: "days", from: "", to: "", ranking: "busiest", days: "30", all: "" };
const RANKINGS = { busiest: "到站最多", least: "到站最少", quiet: "多日无人到站", faults: "不能用的设施、服务最多" };
const QUIET = [7, 15, 30, 60, 90].map((days) => ({ value: String(days), label: `${days}天以上` }));

interface Days {
  from: string;
  to: string;
}

/** Opens the records of a figure of the period, or of the same days of the year before. */
type Open = (narrow: Narrow, before: boolean) => void;

/** How stations are used in a period, beside the same days of the year before, and which are used most and least. */
export default function StationUsePage() {
  const [filters, change] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [opened, show, close] = useOpened();
  const today = useToday();
  const named = daysOf(filters.period, today);
  const days = filters.from && filters.to ? { from: filters.from, to: filters.to } : named;
  const asked = useQuery({
    queryKey: ["/stations/use", organisation, days],
    queryFn: ({ signal }) => get<StationUse>("/stations/use", { organisation, ...days, before: "true" }, signal),
    enabled: today !== "",
    placeholderData: (before) => before,
  });
  const shown = asked.data;
  const ranked = useRanks(organisation, days, filters);
  const open: Open = (narrow, before) => show(written(narrow, before));
  const all = (label: string, narrow: Narrow, value: number, before?: number | null) => (
    <>
      {label} <Figure label={label} value={value} open={() => open(narrow, false)} /> 人次（上年同期{" "}
      <Figure label={`${label}上年同期`} value={before} open={() => open(narrow, true)} />）
    </>
  );
  const by = (name: keyof Narrow) => (one: UseFigure, before: boolean) => open({ [name]: one.key || "-" }, before);
  return (
    <>
      <PageHead note="到站和服务按登记的人次计，撤回的不计；上年同期按去年相同的日期计。点数字看记录，点驿站看档案。" />
      <div className="filters">
        <FilterSelect
          always
          label="统计期间"
          value={filters.from ? "" : filters.period}
          change={(period) => change({ period, from: "", to: "" })}
          options={options(PERIODS)}
        />
        <DayRange from={days.from} to={days.to} label="自选日期" change={change} />
      </div>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      {shown && (
        <p role="status">
          {fromTo(shown.from, shown.to)}：{all("到站", {}, shown.visits, shown.visits_before)}；
          {all("服务", { service: "*" }, shown.services, shown.services_before)}
        </p>
      )}
      <Ranked asked={ranked} filters={filters} change={change} open={open}>
        <TakeAway
          path="/stations/use/exports"
          asked={{ ...days, ranking: filters.ranking, ...quietDays(filters) }}
          organisation={organisation}
          permission="station.export"
        />
      </Ranked>
      {(shown || asked.isPending) && (
        <div className="use-figures">
          <UseFigures title="时段（时）" figures={shown?.by_hour} open={by("hour")} />
          <UseFigures title="星期" figures={shown?.by_weekday} open={by("weekday")} />
          <UseFigures title="职工群体" figures={shown?.by_group} open={by("group")} />
          <UseFigures title="服务项目" figures={shown?.by_service} open={by("service")} />
          <UseFigures title="日期" figures={shown?.by_day} open={by("day")} />
        </div>
      )}
      {opened && today && (
        <UseRecords
          {...openedOf(opened, { organisation, days, use: shown, ranks: ranked.data?.items })}
          close={close}
        />
      )}
    </>
  );
}

/** For how many days nobody came, where that is asked. */
const quietDays = ({ ranking, days }: { ranking: string; days: string }) =>
  ranking === "quiet" ? { days: Number(days) } : {};

/** Which stations are used most or least. */
function useRanks(organisation: string, days: Days, filters: typeof DEFAULTS) {
  const query = { organisation, ...days, ranking: filters.ranking, ...quietDays(filters) };
  return useQuery({
    queryKey: ["/stations/use/ranks", query],
    queryFn: ({ signal }) => get<StationRanks>("/stations/use/ranks", query, signal),
    enabled: days.to !== "",
    placeholderData: (before) => before,
  });
}

interface RankedProps {
  asked: ReturnType<typeof useRanks>;
  filters: typeof DEFAULTS;
  change: (changes: Partial<typeof DEFAULTS>) => void;
  open: Open;
  /** Buttons beside the filters. */
  children: ReactNode;
}

/** So many stand there at first: more would push the figures below off everybody's screen. */
const FIRST = 10;

/** Stations by how they are used; each opens its record, and each figure those behind it. */
function Ranked({ asked, filters, change, open, children }: RankedProps) {
  const shown = asked.data;
  const ranked = shown?.items ?? [];
  const section = useRef<HTMLElement>(null);
  const pressed = useRef(false);
  // Whoever uses keys goes on at the first station that came, and back at the button.
  useEffect(() => {
    if (!pressed.current) return;
    pressed.current = false;
    const next = filters.all ? `tr[data-row-key="${ranked[FIRST]?.id}"] a` : "button.more";
    section.current?.querySelector<HTMLElement>(next)?.focus();
  }, [filters.all, ranked]);
  const showAll = (all: string) => {
    pressed.current = true;
    change({ all });
  };
  const figure = (label: string, of: (row: StationRank) => number, narrow: Narrow, before: boolean) => ({
    title: before ? `上年同期${label}` : `${label}人次`,
    align: "right" as const,
    render: (_: unknown, row: StationRank) => {
      const title = `${row.name}${label}`;
      const tell = () => open({ station: row.id, ...narrow }, before);
      return <Figure label={before ? `${title}上年同期` : title} value={of(row)} open={tell} />;
    },
  });
  return (
    <section ref={section} aria-label="驿站排行">
      <div className="filters">
        <h2>驿站排行</h2>
        <FilterSelect
          always
          label="排行"
          value={filters.ranking}
          change={(ranking) => change({ ranking, all: "" })}
          options={options(RANKINGS)}
        />
        {filters.ranking === "quiet" && (
          <FilterSelect
            always
            label="无人到站天数"
            value={filters.days}
            change={(chosen) => change({ days: chosen, all: "" })}
            options={QUIET}
          />
        )}
        {shown && (
          <span role="status">
            {listed(shown.total)} 个驿站
            {shown.total > shown.items.length && `，这里列前 ${shown.items.length} 个，全部请导出表格`}
          </span>
        )}
        <span className="filters-acts">{children}</span>
      </div>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      <PlainTable<StationRank>
        loading={asked.isPending}
        dataSource={filters.all ? shown?.items : shown?.items.slice(0, FIRST)}
        locale={{ emptyText: "没有这样的驿站。" }}
        columns={[
          { title: "编号", dataIndex: "code" },
          { title: "驿站", render: (_, row) => <Link to={`/stations/${row.id}`}>{row.name}</Link> },
          figure("到站", (row) => row.visits, {}, false),
          figure("到站", (row) => row.visits_before, {}, true),
          figure("服务", (row) => row.services, { service: "*" }, false),
          figure("服务", (row) => row.services_before, { service: "*" }, true),
          { title: "最近到站", render: (_, row) => (row.last_visit ? day(row.last_visit) : "没有登记") },
          {
            title: "不能用的设施、服务",
            align: "right",
            render: (_, row) => row.faults > 0 && <Link to={`/stations/${row.id}`}>{count(row.faults)}</Link>,
          },
          { title: "所属工会", dataIndex: "organisation" },
        ]}
      />
      {ranked.length > FIRST && (
        <Button
          block
          className="more"
          aria-expanded={filters.all !== ""}
          onClick={() => showAll(filters.all ? "" : "true")}
        >
          {filters.all ? `只显示前 ${FIRST} 个` : `显示全部 ${ranked.length} 个`}
        </Button>
      )}
    </section>
  );
}

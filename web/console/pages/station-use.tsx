import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { get, type Query } from "../../client/http";
import type { StationRank, StationRanks, StationUse } from "../../client/types";
import { count, day, listed } from "../../shared/words";
import { DayRange } from "../parts/day-range";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { TakeAway } from "../parts/take-away";
import { useMay, useToday } from "../session";
import { UseFigures } from "../station/use-figures";
import { daysOf, PERIODS } from "../station/use-period";
import { useFilters } from "../use-filters";
import { Facts } from "./facts";

const DEFAULTS = { period: "days", from: "", to: "", ranking: "busiest", days: "30" };
const RANKINGS = { busiest: "到站最多", least: "到站最少", quiet: "多日无人到站", faults: "待修设施最多" };
const QUIET = [7, 15, 30, 60, 90].map((days) => ({ value: String(days), label: `${days}天以上` }));

/** How stations are used in a period, beside the same days of the year before, and which are used most and least. */
export default function StationUsePage() {
  const [filters, change] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [opened, open] = useState<{ title: string; asked: Query }>();
  const today = useToday();
  const may = useMay();
  const named = daysOf(filters.period, today);
  const days = filters.from && filters.to ? { from: filters.from, to: filters.to } : named;
  const asked = useQuery({
    queryKey: ["/stations/use", organisation, days],
    queryFn: ({ signal }) => get<StationUse>("/stations/use", { organisation, ...days, before: "true" }, signal),
    enabled: today !== "",
    placeholderData: (before) => before,
  });
  const shown = asked.data;
  // Facts are asked for below one organisation, and by today's tree, as these figures are counted.
  const records = (kinds: string, narrow: (key: string) => Query) =>
    organisation && may("ledger.view")
      ? ({ key, label }: { key: string; label: string }) =>
          open({ title: label, asked: { organisation, kinds, tree: "today", ...days, ...narrow(key) } })
      : undefined;
  const all = (kinds: string, label: string, value: number, before?: number | null) => {
    const tell = records(kinds, () => ({}));
    const words = `${label} ${count(value)} 人次`;
    return (
      <>
        {tell && value > 0 ? (
          <Button type="link" onClick={() => tell({ key: "", label })}>
            {words}
          </Button>
        ) : (
          words
        )}
        （上年同期 {count(before)}）
      </>
    );
  };
  return (
    <>
      <PageHead
        title="使用情况"
        note="到站和服务按登记的人次计，撤回的不计；上年同期按去年相同的日期计。点数字看记录，点驿站看档案。"
      >
        <TakeAway
          path="/stations/use/exports"
          asked={{ ...days, ranking: filters.ranking, ...quietDays(filters) }}
          organisation={organisation}
          permission="station.export"
        />
      </PageHead>
      <div className="filters">
        <Select
          aria-label="统计期间"
          className="filter"
          placeholder="自选日期"
          value={filters.from ? undefined : filters.period}
          onChange={(period) => change({ period, from: "", to: "" })}
          options={options(PERIODS)}
        />
        <DayRange from={days.from} to={days.to} label="自选日期" change={change} />
      </div>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      {shown && (
        <p role="status">
          {day(shown.from)}—{day(shown.to)}：{all("station_visit", "到站", shown.visits, shown.visits_before)}；
          {all("station_service", "服务", shown.services, shown.services_before)}
        </p>
      )}
      <Ranked organisation={organisation} days={days} filters={filters} change={change} />
      <UseFigures title="时段（时）" figures={shown?.by_hour} />
      <UseFigures title="星期" figures={shown?.by_weekday} />
      <UseFigures
        title="职工群体"
        figures={shown?.by_group}
        open={records("station_visit", (key) => ({ groups: key || "-" }))}
      />
      <UseFigures title="服务项目" figures={shown?.by_service} />
      <UseFigures
        title="日期"
        figures={shown?.by_day}
        open={records("station_visit", (key) => ({ from: key, to: key }))}
      />
      {opened && <Facts {...opened} close={() => open(undefined)} />}
    </>
  );
}

/** For how many days nobody came, where that is asked. */
const quietDays = ({ ranking, days }: { ranking: string; days: string }) =>
  ranking === "quiet" ? { days: Number(days) } : {};

interface RankedProps {
  organisation: string;
  days: { from: string; to: string };
  filters: typeof DEFAULTS;
  change: (changes: Partial<typeof DEFAULTS>) => void;
}

/** Stations by how they are used; each opens its record. */
function Ranked({ organisation, days, filters, change }: RankedProps) {
  const query = { organisation, ...days, ranking: filters.ranking, ...quietDays(filters) };
  const asked = useQuery({
    queryKey: ["/stations/use/ranks", query],
    queryFn: ({ signal }) => get<StationRanks>("/stations/use/ranks", query, signal),
    enabled: days.to !== "",
    placeholderData: (before) => before,
  });
  const shown = asked.data;
  return (
    <section>
      <div className="filters">
        <h2>驿站排行</h2>
        <Select
          aria-label="排行"
          className="filter"
          value={filters.ranking}
          onChange={(ranking) => change({ ranking })}
          options={options(RANKINGS)}
        />
        {filters.ranking === "quiet" && (
          <Select
            aria-label="无人到站天数"
            value={filters.days}
            onChange={(chosen) => change({ days: chosen })}
            options={QUIET}
          />
        )}
        {shown && (
          <span role="status">
            {listed(shown.total)} 个驿站
            {shown.total > shown.items.length && `，这里列前 ${shown.items.length} 个，全部请导出表格`}
          </span>
        )}
      </div>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      <PlainTable<StationRank>
        loading={asked.isPending}
        dataSource={shown?.items}
        locale={{ emptyText: "没有这样的驿站。" }}
        columns={[
          { title: "编号", dataIndex: "code" },
          { title: "驿站", render: (_, row) => <Link to={`/stations/${row.id}`}>{row.name}</Link> },
          {
            title: "到站人次",
            align: "right",
            render: (_, row) => <Link to={visits(row, days)}>{count(row.visits)}</Link>,
          },
          { title: "上年同期到站", align: "right", render: (_, row) => count(row.visits_before) },
          { title: "服务人次", align: "right", render: (_, row) => count(row.services) },
          { title: "上年同期服务", align: "right", render: (_, row) => count(row.services_before) },
          { title: "最近到站", render: (_, row) => (row.last_visit ? day(row.last_visit) : "没有登记") },
          { title: "待修设施", align: "right", render: (_, row) => (row.faults > 0 ? count(row.faults) : "") },
          { title: "所属工会", dataIndex: "organisation" },
        ]}
      />
    </section>
  );
}

/** The visits of a station in a period, one by one. */
const visits = ({ id }: StationRank, days: { from: string; to: string }): string =>
  `/stations/${id}?${new URLSearchParams({ ...days, service: "-" })}#entries`;

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { get, type Query } from "../../client/http";
import type { IndicatorView, Series } from "../../client/types";
import { colours } from "../../shared/theme";
import { Chart } from "../parts/chart";
import { ProblemNotice } from "../parts/problem-notice";
import { fieldUnit, typed } from "./scale";
import { valued } from "./words";

/** What was reached month by month, beside what the calendar asks for. */
export function SeriesChart({ indicator, asked }: { indicator: IndicatorView; asked: Query }) {
  const series = useQuery({
    queryKey: ["indicator", indicator.id, "series", asked],
    queryFn: () => get<Series>(`/indicators/${indicator.id}/series`, asked),
  });
  const option = useMemo(() => (series.data ? drawn(indicator, series.data) : {}), [indicator, series.data]);
  if (series.error) return <ProblemNotice problem={series.error} again={() => series.refetch()} />;
  // Empty until they come: it takes its place from the start, so that nothing below moves under the hand.
  const rows = (series.data?.items ?? []).map((point) => [
    point.label,
    valued(indicator, point.actual),
    valued(indicator, point.pace),
  ]);
  return (
    <section className="card">
      <Chart title="逐月完成" option={option} table={{ head: ["月份", "累计完成", "时间进度应完成"], rows }} />
    </section>
  );
}

function drawn(indicator: IndicatorView, { items, target }: Series) {
  const shown = (value: number | null | undefined) =>
    value === null || value === undefined ? null : Number(typed(indicator.scale, value));
  const unit = fieldUnit(indicator.scale, indicator.unit);
  const line = (name: string, color: string, data: (number | null)[], dashed: boolean) => ({
    name,
    type: "line",
    color,
    data,
    symbolSize: dashed ? 0 : 7,
    lineStyle: { width: dashed ? 1.5 : 2.5, type: dashed ? "dashed" : "solid" },
  });
  const goal = shown(target);
  return {
    legend: { right: 0, top: 0 },
    xAxis: { type: "category", data: items.map((point) => point.label), boundaryGap: false },
    yAxis: { type: "value", name: unit, splitLine: { lineStyle: { color: colours.line } } },
    series: [
      {
        ...line(
          "累计完成",
          colours.red,
          items.map((point) => shown(point.actual)),
          false,
        ),
        markLine:
          goal === null
            ? undefined
            : {
                symbol: "none",
                data: [{ yAxis: goal }],
                lineStyle: { color: colours.ink },
                label: { formatter: "目标", position: "insideEndTop" },
              },
      },
      ...(items.some((point) => point.pace !== null && point.pace !== undefined)
        ? [
            line(
              "时间进度应完成",
              colours.quiet,
              items.map((point) => shown(point.pace)),
              true,
            ),
          ]
        : []),
    ],
  };
}

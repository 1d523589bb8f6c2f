import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useMemo } from "react";
import { get } from "../../client/http";
import type { Trend } from "../../client/types";
import { colours } from "../../shared/theme";
import { count, share } from "../../shared/words";
import { Chart } from "../parts/chart";
import { ProblemNotice } from "../parts/problem-notice";

/** The share of members over the last twelve months. */
export function TrendChart({ organisation }: { organisation: string }) {
  const trend = useQuery({
    queryKey: ["trend", organisation],
    queryFn: () => get<Trend>("/enrolment/trend", { organisation }),
    enabled: organisation !== "",
  });
  const option = useMemo(() => drawn(trend.data), [trend.data]);
  if (trend.error) return <ProblemNotice problem={trend.error} again={() => trend.refetch()} />;
  if (!trend.data) return <Skeleton active />;
  if (trend.data.items.every((one) => typeof one.share_bp !== "number"))
    return <p className="quiet">近十二个月都没有登记在岗人数，画不出入会率的走势；请到“在岗人数”登记。</p>;
  const rows = trend.data.items.map((one) => [
    one.label,
    count(one.members),
    count(one.workers),
    share(one.share_bp),
    count(one.outside),
  ]);
  return (
    <section className="card">
      <Chart
        title="近十二个月入会率"
        option={option}
        table={{ head: ["月份", "会员", "在岗职工", "入会率", "未计入的会员"], rows }}
      />
    </section>
  );
}

function drawn(trend: Trend | undefined) {
  const items = trend?.items ?? [];
  return {
    xAxis: { type: "category", data: items.map((one) => one.label), boundaryGap: false },
    yAxis: { type: "value", name: "%", splitLine: { lineStyle: { color: colours.line } } },
    series: [
      {
        name: "入会率",
        type: "line",
        color: colours.red,
        symbolSize: 7,
        lineStyle: { width: 2.5 },
        data: items.map((one) => (one.share_bp === null || one.share_bp === undefined ? null : one.share_bp / 100)),
      },
    ],
  };
}

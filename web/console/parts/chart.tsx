import { Button, Table } from "antd";
import type { EChartsCoreOption } from "echarts/core";
import { lazy, Suspense, useState } from "react";

const Canvas = lazy(() => import("./chart-canvas"));

/** Dots. As high while the canvas is fetched: what stands below must not move under the hand. */
const HEIGHT = 280;

interface ChartProps {
  /** What the chart shows, in words. */
  title: string;
  option: EChartsCoreOption;
  /** The same figures as a table, already formatted: for the keyboard and for who can't see the chart. */
  table: { head: string[]; rows: string[][] };
}

/** A chart, and the same as a table. */
export function Chart({ title, option, table }: ChartProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="chart">
      <figcaption>
        <strong>{title}</strong>
        <Button size="small" type="text" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? "看图" : "看表格"}
        </Button>
      </figcaption>
      {asTable ? (
        <Table
          size="small"
          pagination={false}
          scroll={{ x: "max-content", y: HEIGHT }}
          rowKey={(row) => row[0] ?? ""}
          dataSource={table.rows}
          columns={table.head.map((name, index) => ({
            title: name,
            align: index === 0 ? "left" : "right",
            render: (_: unknown, row: string[]) => row[index],
          }))}
        />
      ) : (
        <Suspense fallback={<div style={{ height: HEIGHT }} aria-busy />}>
          <Canvas option={option} height={HEIGHT} label={`${title}；“看表格”给出同样的数字`} />
        </Suspense>
      )}
    </figure>
  );
}

import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { colours, sans, series } from "../../shared/theme";

use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

const BASE = {
  color: series,
  textStyle: { fontFamily: sans, color: colours.ink },
  grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
  // Drawn, not written as markup with styles in it, which the page's policy forbids.
  tooltip: { trigger: "axis", renderMode: "richText" },
};

interface CanvasProps {
  option: EChartsCoreOption;
  height: number;
  label: string;
}

/** Draws a chart; loaded when the first one is shown. */
export default function Canvas({ option, height, label }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const chart = init(place.current);
    chart.setOption({ ...BASE, animation: !matchMedia("(prefers-reduced-motion: reduce)").matches, ...option });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
}

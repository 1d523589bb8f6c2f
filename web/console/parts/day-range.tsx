import { DatePicker } from "antd";
import type { ComponentProps } from "react";
import { spanOf } from "./same-day";

interface DayRangeProps {
  from: string;
  to: string;
  /** Which days, where that isn't plain. */
  label?: string;
  change: (days: { from: string; to: string }) => void;
}

/** One end of the days: antd gives both the same name, and whoever hears it can't tell which he is in. */
function End({ "aria-label": label, ...field }: ComponentProps<"input"> & { "date-range"?: string }) {
  return <input {...field} aria-label={`${label}：${field["date-range"] === "end" ? "结束" : "开始"}`} />;
}

const ENDS = { input: End };

/** From which day until which, as a filter of a list; empty at either end. */
export function DayRange({ from, to, label, change }: DayRangeProps) {
  return (
    <DatePicker.RangePicker
      aria-label={label ?? "日期"}
      components={ENDS}
      allowEmpty={[true, true]}
      placeholder={label ? [`${label}从`, "到"] : undefined}
      value={spanOf(from, to)}
      onChange={(days) =>
        change({ from: days?.[0]?.format("YYYY-MM-DD") ?? "", to: days?.[1]?.format("YYYY-MM-DD") ?? "" })
      }
    />
  );
}

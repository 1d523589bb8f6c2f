import { Empty } from "antd";
import type { CalendarDay } from "../../client/types";
import { PlainTable } from "../parts/plain-table";
import { holidays } from "./days";

/** A year's holidays by name: when people are off, and on which weekends they work for it. */
export function HolidayTable({ days, year }: { days: CalendarDay[]; year: number }) {
  return (
    <PlainTable
      rowKey="name"
      dataSource={holidays(days, year)}
      locale={{ emptyText: <Empty description="没有与平常周不同的日子。" /> }}
      columns={[
        { title: "节日", dataIndex: "name" },
        { title: "放假", dataIndex: "off" },
        { title: "天数", dataIndex: "count", align: "right" },
        { title: "调休上班", dataIndex: "work" },
      ]}
    />
  );
}

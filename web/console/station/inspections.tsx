import type { TableProps } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Query } from "../../client/http";
import type { StationInspection } from "../../client/types";
import { day } from "../../shared/words";
import { ListTable, WRAPPED } from "../parts/list-table";
import { Word } from "../parts/word";
import { Stars } from "./stars";

interface ListProps extends Pick<TableProps<StationInspection>, "rowSelection"> {
  asked: Query;
  filters?: ReactNode;
  filtered?: boolean;
  acts?: ReactNode;
  /** Without the station's own column, on its page. */
  own?: boolean;
}

/** Inspections, the last planned first. */
export function Inspections({ asked, filters, filtered, acts, rowSelection, own }: ListProps) {
  const columns: TableProps<StationInspection>["columns"] = [
    {
      title: "驿站",
      hidden: own,
      render: (_, row) => (
        <>
          <Link to={`/stations/${row.station_id}`}>{row.station}</Link>
          <div className="quiet">{row.station_code}</div>
        </>
      ),
    },
    {
      title: "检查",
      width: 96,
      render: (_, row) => <Link to={`/station-inspections/${row.id}`}>{row.kind_label}</Link>,
    },
    { title: "日期", width: 136, render: (_, row) => day(row.done_on ?? row.planned_on) },
    {
      title: "进度",
      render: (_, row) =>
        row.late ? (
          <Word tone="watch">逾期未查</Word>
        ) : (
          <Word tone={row.state === "done" ? "good" : row.state === "planned" ? "plain" : "quiet"}>
            {row.drafted_at ? "登记中" : row.state_label}
          </Word>
        ),
    },
    { title: "得分", align: "right", render: (_, row) => row.score },
    { title: "星级", render: (_, row) => row.state === "done" && <Stars star={row.star} label={row.star_label} /> },
    {
      title: "问题",
      render: (_, row) =>
        row.findings === 0 ? null : row.unmended === 0 ? (
          `${row.findings} 条，全部整改`
        ) : (
          <Word tone="watch">{`${row.findings} 条，${row.unmended} 条未整改`}</Word>
        ),
    },
    { title: "检查单位", dataIndex: "team" },
    { title: "所属工会", dataIndex: "organisation", hidden: own },
  ];
  return (
    <ListTable<StationInspection>
      path="/station-inspections"
      asked={asked}
      unit="次"
      empty={own ? "还没有检查过。" : "还没有安排检查。可以先安排一次。"}
      filtered={filtered}
      filters={filters}
      acts={acts}
      rowSelection={rowSelection}
      scroll={own ? undefined : WRAPPED}
      columns={columns}
    />
  );
}

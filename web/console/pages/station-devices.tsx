import { useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import type { StationAlarm, StationDevice } from "../../client/types";
import { minute } from "../../shared/words";
import { FilterCheck, FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { columns, DEVICES, DeviceActs } from "../station/devices";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", kind: "", wrong: "", retired: "", past: "" };

/** The devices of all stations, and what is wrong with them. */
export default function StationDevices() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const client = useQueryClient();
  const keeps = useMay()("station.keep");
  const { past, ...asked } = filters;
  const again = () => client.invalidateQueries({ queryKey: ["/station-devices"] });
  const check = (name: "wrong" | "retired" | "past", label: string) => (
    <FilterCheck label={label} value={filters[name]} change={(value) => change({ [name]: value })} />
  );
  return (
    <>
      <PageHead note="24小时自助驿站的门锁、计数器、烟感等。设备在驿站的页面里登记；烟雾、高温、门没关好和门锁时钟不准会发短信给站长。" />
      <h2>报警</h2>
      <ListTable<StationAlarm>
        path="/station-alarms"
        asked={{ organisation, lasting: past === "true" ? "" : "true", limit: 20 }}
        unit="条报警"
        empty={past === "true" ? "还没有报警。" : "没有未解除的报警。"}
        filters={check("past", "含已解除")}
        columns={[
          { title: "报警", render: (_, row) => <Word tone={row.over_at ? "quiet" : "bad"}>{row.label}</Word> },
          { title: "驿站", render: (_, row) => <Link to={`/stations/${row.station_id}`}>{row.station}</Link> },
          { title: "设备", dataIndex: "device" },
          { title: "情况", dataIndex: "words" },
          { title: "开始", render: (_, row) => minute(row.raised_at) },
          { title: "解除", render: (_, row) => (row.over_at ? minute(row.over_at) : "未解除") },
          {
            title: "站长",
            render: (_, row) =>
              row.seen_at ? `${row.seen_by ?? ""} ${minute(row.seen_at)} 已看到` : <Word tone="watch">还没看到</Word>,
          },
        ]}
      />
      <h2>设备</h2>
      <ListTable<StationDevice>
        path="/station-devices"
        asked={{ ...asked, organisation }}
        unit="台设备"
        empty="还没有登记设备。到驿站的页面里登记。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="驿站、设备名称或编号" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect
              label="种类"
              value={filters.kind}
              change={(kind) => change({ kind })}
              options={options(DEVICES)}
            />
            {check("wrong", "只看有报警的")}
            {check("retired", "含停用")}
          </>
        }
        columns={[
          { title: "驿站", render: (_, row) => <Link to={`/stations/${row.station_id}`}>{row.station}</Link> },
          ...columns,
          { title: "办理", hidden: !keeps, render: (_, row) => <DeviceActs of={row} again={again} /> },
        ]}
      />
    </>
  );
}

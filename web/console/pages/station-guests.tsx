import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { StationGuest } from "../../client/types";
import { count, day } from "../../shared/words";
import { DayRange } from "../parts/day-range";
import { ListTable, SearchBox } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { ReasonWindow } from "../parts/reason-window";
import { TakeAway } from "../parts/take-away";
import { TakeBack } from "../parts/take-back";
import { useMay } from "../session";
import { GuestWindow } from "../station/guest-window";
import { StationFilter } from "../station/station-picker";
import { useFilters } from "../use-filters";

const PATH = "/station-guests";
const DEFAULTS = { q: "", station: "", from: "", to: "" };

/** Officials' turns as master for a day. */
export default function StationGuests() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [writing, write] = useState(false);
  const [taking, take] = useState<StationGuest>();
  const client = useQueryClient();
  const may = useMay();
  const done = () => {
    write(false);
    take(undefined);
    client.invalidateQueries({ queryKey: [PATH] });
  };
  return (
    <>
      <PageHead note="干部到驿站轮值：做了什么、办了几场活动、收集了哪些诉求；每次轮值、活动和诉求都记入台账。">
        <TakeAway path={`${PATH}/exports`} asked={filters} organisation={organisation} permission="station.export" />
        {may("station.keep") && (
          <Button type="primary" onClick={() => write(true)}>
            登记一日站长
          </Button>
        )}
      </PageHead>
      <ListTable<StationGuest>
        path={PATH}
        asked={{ ...filters, organisation }}
        unit="人次"
        empty="还没有登记一日站长。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="姓名、单位和职务" value={filters.q} change={(q) => change({ q })} />
            <StationFilter value={filters.station} change={change} />
            <DayRange from={filters.from} to={filters.to} change={change} />
          </>
        }
        columns={[
          { title: "日期", render: (_, row) => day(row.day) },
          {
            title: "站长",
            render: (_, row) => (
              <>
                {row.name}
                <div className="quiet">{row.office}</div>
              </>
            ),
          },
          { title: "驿站", render: (_, row) => <Link to={`/stations/${row.station_id}`}>{row.station}</Link> },
          { title: "当日工作", render: (_, row) => <div className="wide-cell">{row.did}</div> },
          {
            title: "活动",
            align: "right",
            render: (_, row) => row.activities > 0 && `${count(row.activities)} 场`,
          },
          { title: "诉求", align: "right", render: (_, row) => row.requests > 0 && `${count(row.requests)} 件` },
          {
            title: "更正",
            render: (_, row) => <TakeBack reason={row.taken_back} take={may("station.correct") && (() => take(row))} />,
          },
        ]}
      />
      {writing && <GuestWindow close={() => write(false)} done={done} />}
      {taking && (
        <ReasonWindow
          open
          danger
          title="撤回这条记录"
          okText="撤回"
          text="台账同时冲销；当日收集的诉求一并撤回，不再列出。"
          path={`${PATH}/${taking.id}/take-back`}
          close={() => take(undefined)}
          done={done}
        />
      )}
    </>
  );
}

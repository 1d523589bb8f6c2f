import type { StationRequest } from "../../client/types";
import { day } from "../../shared/words";
import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { TakeAway } from "../parts/take-away";
import { REQUESTS } from "../station/words";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", kind: "", from: "", to: "" };

/** What workers asked masters for a day for. */
export default function StationRequests() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  return (
    <>
      <PageHead note="一日站长在驿站听到的职工诉求；内容加密保存，只有维护驿站的干部能看到，导出的表格里没有。">
        <TakeAway
          path="/station-requests/exports"
          asked={filters}
          organisation={organisation}
          permission="station.export"
        />
      </PageHead>
      <ListTable<StationRequest>
        path="/station-requests"
        asked={{ ...filters, organisation }}
        unit="件诉求"
        empty="还没有收集到诉求。登记一日站长时可以一并填写。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="驿站名称或编号" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect
              label="类型"
              value={filters.kind}
              change={(kind) => change({ kind })}
              options={options(REQUESTS)}
            />
            <DayRange from={filters.from} to={filters.to} change={change} />
          </>
        }
        columns={[
          { title: "日期", render: (_, row) => day(row.day) },
          { title: "类型", dataIndex: "kind_label" },
          { title: "诉求", render: (_, row) => <div className="wide-cell">{row.wish}</div> },
          { title: "职工群体", dataIndex: "group_label" },
          { title: "驿站", dataIndex: "station" },
          { title: "收集人", dataIndex: "collected_by" },
        ]}
      />
    </>
  );
}

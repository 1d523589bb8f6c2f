import { Link } from "react-router";
import type { StationGift } from "../../client/types";
import { count, minute } from "../../shared/words";
import { FilterCheck } from "../parts/filter-select";
import { ListTable, SearchBox } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { StationFilter } from "../station/station-picker";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", left: "", station: "" };

/** What was given at the donation corners of all stations. */
export default function StationGiftsList() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  return (
    <>
      <PageHead note="单位和职工捐到驿站的物品。站长在手机上登记和发放，每次发放记入台账。">
        <TakeAway
          path="/station-gifts/exports"
          asked={{ ...filters, left: filters.left && true }}
          organisation={organisation}
          permission="station.export"
        />
      </PageHead>
      <ListTable<StationGift>
        path="/station-gifts"
        asked={{ ...filters, organisation }}
        unit="批"
        empty="还没有捐赠。站长在手机“我的驿站”的“爱心角”里登记。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="物品、捐赠单位或驿站" value={filters.q} change={(q) => change({ q })} />
            <StationFilter value={filters.station} change={change} />
            <FilterCheck label="只看还能领的" value={filters.left} change={(left) => change({ left })} />
          </>
        }
        columns={[
          { title: "物品", dataIndex: "name" },
          { title: "驿站", render: (_, row) => <Link to={`/stations/${row.station_id}`}>{row.station}</Link> },
          { title: "捐赠人", dataIndex: "giver" },
          { title: "捐赠", align: "right", render: (_, row) => `${count(row.quantity)} ${row.unit}` },
          { title: "可领", align: "right", render: (_, row) => `${count(row.left)} ${row.unit}` },
          {
            title: "状态",
            render: (_, row) =>
              row.closed ? (
                <>
                  <Word tone="quiet">已下架</Word>
                  {row.closed_why && <div className="quiet">{row.closed_why}</div>}
                </>
              ) : row.left === 0 ? (
                <Word tone="plain">已领完</Word>
              ) : (
                <Word tone="good">可领</Word>
              ),
          },
          { title: "感谢", render: (_, row) => row.thanks },
          { title: "捐赠时间", render: (_, row) => minute(row.given_at) },
        ]}
      />
    </>
  );
}

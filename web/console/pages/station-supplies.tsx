import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { StationSupply } from "../../client/types";
import { count, day } from "../../shared/words";
import { FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { SupplyMoves } from "../station/supply-moves";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", kind: "", warning: "" };
const KINDS = { medicine: "药品", goods: "物资" };
const WARNINGS = { low: "数量不足", expiring: "临近到期", expired: "已过期未清理" };

/** What all stations keep in their cupboards, and what wants looking after. */
export default function StationSupplies() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [opened, open] = useState<StationSupply>();
  const choice = (name: "kind" | "warning", label: string, words: Record<string, string>) => (
    <FilterSelect
      label={label}
      value={filters[name]}
      change={(value) => change({ [name]: value })}
      options={options(words)}
    />
  );
  return (
    <>
      <PageHead note="站长在手机上登记入库和领用。到期前多少天提醒，由规则“驿站药品、物资到期前多少天开始提醒”规定。">
        <TakeAway
          path="/station-supplies/exports"
          asked={filters}
          organisation={organisation}
          permission="station.export"
        />
      </PageHead>
      <ListTable<StationSupply>
        path="/station-supplies"
        asked={{ ...filters, organisation }}
        unit="种"
        empty="还没有登记药品和物资。站长在手机“我的驿站”里登记入库。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="名称、驿站名称或编号" value={filters.q} change={(q) => change({ q })} />
            {choice("kind", "类别", KINDS)}
            {choice("warning", "需要关注", WARNINGS)}
          </>
        }
        columns={[
          { title: "驿站", render: (_, row) => <Link to={`/stations/${row.station_id}`}>{row.station}</Link> },
          { title: "名称", dataIndex: "name" },
          { title: "类别", dataIndex: "kind_label" },
          { title: "可用", align: "right", render: (_, row) => `${count(row.left)} ${row.unit}` },
          {
            title: "最少应有",
            align: "right",
            render: (_, row) => row.least > 0 && `${count(row.least)} ${row.unit}`,
          },
          {
            title: "需要关注",
            render: (_, row) => (
              <>
                {row.expired > 0 && <Word tone="bad">{`${count(row.expired)} ${row.unit}已过期`}</Word>}
                {row.expiring > 0 && <Word tone="watch">{`${count(row.expiring)} ${row.unit}临近到期`}</Word>}
                {row.low && <Word tone="watch">数量不足</Word>}
              </>
            ),
          },
          { title: "最早到期", render: (_, row) => day(row.batches.find((one) => !one.expired)?.expires_on) },
          { title: "所属工会", dataIndex: "organisation" },
          {
            title: "记录",
            render: (_, row) => (
              <Button type="link" aria-label={`${row.station}${row.name}的出入库记录`} onClick={() => open(row)}>
                出入库
              </Button>
            ),
          },
        ]}
      />
      {opened && <SupplyMoves of={opened} close={() => open(undefined)} />}
    </>
  );
}

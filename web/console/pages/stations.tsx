import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { StationRow } from "../../client/types";
import { count, day } from "../../shared/words";
import { ExportButton } from "../parts/acts";
import { useChosen } from "../parts/chosen";
import { FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox, WRAPPED } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { optionsOf, useCatalogue } from "../station/catalogue";
import { ImportStations } from "../station/import-stations";
import { NeglectTags } from "../station/neglects";
import { PlanMany } from "../station/plan-many";
import { Stars } from "../station/stars";
import { StationFilesWindow } from "../station/station-files";
import { StationWindow } from "../station/station-window";
import { TurnMany } from "../station/turn-many";
import { ATTENTIONS, KINDS, NEGLECTS, STARS, STATES } from "../station/words";
import { useFilters } from "../use-filters";

const DEFAULTS = {
  q: "",
  state: "",
  kind: "",
  item: "",
  attention: "",
  neglect: "",
  star: "",
  uninspected: "",
  sort: "",
};
const SORTS = { "": "按编号排", newest: "新登记的在前", inspected: "最久未检查的在前", stars: "星级低的在前" };
const MONTHS = [3, 6, 12, 24].map((months) => ({ value: `${months}`, label: `${months}个月未检查` }));

/** What is chosen as a file's filter takes it. */
const number = (chosen: string) => chosen && Number(chosen);

/** The register of stations. */
export default function Stations() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [shown, show] = useState<"new">();
  const [importing, bringIn] = useState(false);
  const [listing, listFiles] = useState(false);
  const catalogue = useCatalogue().data ?? [];
  const client = useQueryClient();
  const navigate = useNavigate();
  const may = useMay();
  const asked = { ...filters, organisation };
  const [chosen, choose] = useChosen<StationRow>(asked);
  const changed = () => {
    client.invalidateQueries({ queryKey: ["/stations"] });
    client.invalidateQueries({ queryKey: ["/station-files"] });
  };
  const choices: [keyof typeof DEFAULTS, string, { value: string; label: string }[]][] = [
    ["state", "状态", options(STATES)],
    ["kind", "类型", options(KINDS)],
    ["item", "设施或服务", [...optionsOf(catalogue, "equipment"), ...optionsOf(catalogue, "service")]],
    ["attention", "需要关注", options(ATTENTIONS)],
    ["neglect", "督办事项", options(NEGLECTS)],
    ["star", "星级", STARS],
    ["uninspected", "多久未检查", MONTHS],
  ];
  const rule = choices.flatMap(([name, label, all]) => {
    const value = filters[name];
    return value ? `${label}：${all.find((one) => one.value === value)?.label ?? value}` : [];
  });
  if (filters.q) rule.unshift(`含“${filters.q}”`);
  return (
    <>
      <PageHead note="户外劳动者歇脚、热饭、充电、求助的地方；开放状态按开放时间和节假日自动计算。">
        <Button href={`/screen/stations/${organisation}`} target="_blank">
          驿站大屏
        </Button>
        <ExportButton path="/stations/map.geojson" asked={asked} permission="station.export">
          地图数据
        </ExportButton>
        <TakeAway
          path="/stations/exports"
          asked={{ ...filters, star: number(filters.star), uninspected: number(filters.uninspected) }}
          organisation={organisation}
          permission="station.export"
        />
        {may("station.import") && (
          <>
            <Button onClick={() => listFiles(true)}>导入记录</Button>
            <Button onClick={() => bringIn(true)}>导入</Button>
          </>
        )}
        {may("station.keep") && (
          <Button type="primary" onClick={() => show("new")}>
            新建驿站
          </Button>
        )}
      </PageHead>
      <ListTable<StationRow>
        path="/stations"
        asked={asked}
        unit="个驿站"
        empty="还没有驿站。可以新建，或用表格一次导入。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="名称、编号、地址或共建单位" value={filters.q} change={(q) => change({ q })} />
            {choices.map(([name, label, all]) => (
              <FilterSelect
                key={name}
                label={label}
                value={filters[name]}
                change={(value) => change({ [name]: value })}
                options={all}
              />
            ))}
            <FilterSelect
              always
              label="排列"
              value={filters.sort}
              change={(sort) => change({ sort })}
              options={options(SORTS)}
            />
          </>
        }
        rowSelection={
          may("station.keep") || may("station.inspect")
            ? {
                selectedRowKeys: chosen.map((row) => row.id),
                onChange: (_, rows) => choose(rows),
                getCheckboxProps: (row) => ({ disabled: row.state === "closed", "aria-label": `选择${row.name}` }),
              }
            : undefined
        }
        acts={
          <>
            {may("station.inspect") && <PlanMany chosen={chosen} asked={asked} rule={rule} done={() => choose([])} />}
            {may("station.keep") && (
              <TurnMany
                rows={chosen}
                done={() => {
                  choose([]);
                  changed();
                }}
              />
            )}
          </>
        }
        scroll={WRAPPED}
        columns={[
          {
            title: "驿站",
            render: (_, row) => (
              <>
                <Link to={`/stations/${row.id}`}>{row.name}</Link>
                <div className="quiet">{row.code}</div>
                <div className="quiet">{row.address}</div>
              </>
            ),
          },
          {
            title: "状态",
            render: (_, row) => (
              <>
                <Word tone={STATES[row.state][1]}>{row.state_label}</Word>
                <div className={row.now.open ? undefined : "quiet"}>{row.now.text}</div>
              </>
            ),
          },
          {
            title: "星级和最近检查",
            width: 136,
            render: (_, row) => (
              <>
                <Stars star={row.star} label={row.star_label} />
                <div className="quiet">{day(row.inspected_on)}</div>
              </>
            ),
          },
          {
            title: "类型和容纳人数",
            render: (_, row) => (
              <>
                {row.host ? `${row.kind_label} · ${row.host}` : row.kind_label}
                <div className="quiet">{count(row.capacity)} 人</div>
              </>
            ),
          },
          {
            title: "所属工会和站长",
            render: (_, row) => (
              <>
                {row.organisation}
                <div>{row.master ?? <Word tone="watch">待任命</Word>}</div>
              </>
            ),
          },
          {
            title: "今天",
            render: (_, row) => (
              <>
                {row.state === "open" &&
                  (row.checked_today ? "已检查" : row.opens_today && <Word tone="watch">未检查</Word>)}
                {row.wrong_points > 0 && (
                  <div>
                    <Word tone="bad">{`检查有 ${count(row.wrong_points)} 项不正常`}</Word>
                  </div>
                )}
              </>
            ),
          },
          {
            title: "不能用的和督办",
            render: (_, row) => (
              <>
                {row.faults > 0 && <Word tone="bad">{`${count(row.faults)} 项不能用`}</Word>}
                {row.neglected.length > 0 && <NeglectTags of={row.neglected} />}
              </>
            ),
          },
        ]}
      />
      <StationWindow
        shown={shown}
        close={() => show(undefined)}
        done={(station) => navigate(`/stations/${station.id}`)}
      />
      <StationFilesWindow open={listing} close={() => listFiles(false)} done={changed} />
      <ImportStations open={importing} close={() => bringIn(false)} done={changed} />
    </>
  );
}

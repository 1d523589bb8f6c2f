import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import type { StationEntry, StationRound } from "../../client/types";
import { Corrected } from "../../shared/corrected";
import { roundSaid } from "../../shared/stations";
import { count, day, minute } from "../../shared/words";
import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { ListTable } from "../parts/list-table";
import { ReasonWindow } from "../parts/reason-window";
import { TakeBack } from "../parts/take-back";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { useFilters } from "../use-filters";
import { optionsOf, useCatalogue } from "./catalogue";
import { LateEntryWindow } from "./late-entry";
import { PhotoLinks } from "./photo-links";

const DEFAULTS = { service: "", from: "", to: "" };

/** Who came and what was done, newest first. A figure of the year that is opened leads to its heading. */
export function Entries({ station }: { station: string }) {
  const may = useMay()("station.correct");
  const client = useQueryClient();
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const services = optionsOf(useCatalogue().data ?? [], "service", [filters.service]);
  const heading = useRef<HTMLHeadingElement>(null);
  const { hash, key } = useLocation();
  useEffect(() => {
    if (key && hash === "#entries") heading.current?.focus();
  }, [hash, key]);
  const [taking, take] = useState<StationEntry>();
  const [late, enterLate] = useState(false);
  const path = `/stations/${station}/entries`;
  const again = () => {
    client.invalidateQueries({ queryKey: [path] });
    client.invalidateQueries({ queryKey: [`/stations/${station}/year`] });
  };
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        到站与服务
      </h2>
      <ListTable<StationEntry>
        path={path}
        asked={{ ...filters, limit: 20 }}
        unit="条"
        empty="还没有登记。站长用手机登录后，在“我的驿站”里扫码或按人数登记。"
        filtered={isFiltered}
        filters={
          <>
            <FilterSelect
              label="事项"
              value={filters.service}
              change={(service) => change({ service })}
              options={[{ value: "-", label: "到站" }, ...services]}
            />
            <DayRange from={filters.from} to={filters.to} change={change} />
          </>
        }
        acts={may && <Button onClick={() => enterLate(true)}>补登</Button>}
        columns={[
          { title: "时间", render: (_, row) => minute(row.happened_at) },
          { title: "事项", dataIndex: "label" },
          { title: "人次", align: "right", render: (_, row) => count(row.quantity) },
          { title: "群体", dataIndex: "group_label" },
          { title: "本人", render: (_, row) => row.name ?? "按人数" },
          {
            title: "更正",
            render: (_, row) => <TakeBack reason={row.taken_back} take={may && (() => take(row))} />,
          },
        ]}
      />
      {taking && (
        <ReasonWindow
          open
          danger
          title="撤回这条记录"
          okText="撤回"
          text="台账同时冲销，人次随之减少；原记录和原因保留。"
          path={`/stations/${station}/take-back`}
          beside={{ entry_id: taking.id }}
          close={() => take(undefined)}
          done={again}
        />
      )}
      {late && (
        <LateEntryWindow
          station={station}
          close={() => enterLate(false)}
          done={() => {
            enterLate(false);
            again();
          }}
        />
      )}
    </>
  );
}

/** The masters' looks round, newest first. */
export function Rounds({ station }: { station: string }) {
  return (
    <ListTable<StationRound>
      path={`/stations/${station}/rounds`}
      asked={{ limit: 20 }}
      unit="次"
      empty="还没有检查记录。"
      columns={[
        { title: "日期", render: (_, row) => day(row.day) },
        { title: "检查", dataIndex: "kind_label" },
        { title: "时间", render: (_, row) => minute(row.happened_at) },
        {
          title: "结果",
          render: (_, row) =>
            row.wrong === 0 ? <Word tone="good">全部正常</Word> : <Word tone="bad">{`${row.wrong} 项不正常`}</Word>,
        },
        {
          title: "说明",
          render: (_, row) => (
            <>
              {row.wrong > 0 && roundSaid({ points: row.points })}
              {row.before.map((before) => (
                <div key={before.corrected_at} className="quiet">
                  <Corrected before={before}>{roundSaid(before)}</Corrected>
                </div>
              ))}
            </>
          ),
        },
        {
          title: "照片",
          render: (_, row) => row.photos.length > 0 && <PhotoLinks photos={row.photos} />,
        },
      ]}
    />
  );
}

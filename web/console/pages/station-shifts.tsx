import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { StationShift } from "../../client/types";
import { count, day } from "../../shared/words";
import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { ListTable } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { ReasonWindow } from "../parts/reason-window";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { ALL_DAYS, askedOf, inPeriod } from "../station/all-days";
import { ShiftWindow } from "../station/shift-window";
import { StationFilter } from "../station/station-picker";
import { Volunteers } from "../station/volunteers";
import { useFilters } from "../use-filters";

const PATH = "/station-shifts";
const DEFAULTS = { station: "", over: "false", duty: "", due: "", from: "", to: "" };
const DAYS = [
  { value: "false", label: "今天起" },
  { value: "true", label: "已过去" },
  { value: "all", label: "全部日期" },
];
const KINDS = [
  { value: "false", label: "志愿服务" },
  { value: "true", label: "站长值守" },
];
const WAITING = [{ value: "true", label: "待确认时长" }];

type Shown = { how: "change" | "off" | "volunteers"; of: StationShift } | { how: "new" };

/** The rosters of stations: who is on duty, where volunteers are wanted, and whose hours are to be confirmed. */
export default function StationShifts() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [shown, show] = useState<Shown>();
  const client = useQueryClient();
  const may = useMay()("station.keep");
  const asked = askedOf(filters);
  const leave = () => show(undefined);
  const again = () => client.invalidateQueries({ queryKey: [PATH] });
  const done = () => {
    leave();
    again();
  };
  return (
    <>
      <PageHead note="站长值守和志愿者班次。职工在手机上报名、互相接替；站长确认到岗时长后记入台账。">
        <TakeAway
          path={`${PATH}/exports`}
          asked={{
            ...asked,
            over: asked.over && asked.over === "true",
            duty: asked.duty && asked.duty === "true",
            due: asked.due && true,
          }}
          organisation={organisation}
          permission="station.export"
        />
        {may && (
          <Button type="primary" onClick={() => show({ how: "new" })}>
            排班
          </Button>
        )}
      </PageHead>
      <ListTable<StationShift>
        path={PATH}
        asked={{ ...asked, organisation }}
        unit="个班次"
        empty="今天起没有班次。可以先排一班。"
        filtered={isFiltered}
        filters={
          <>
            <StationFilter value={filters.station} change={change} />
            <FilterSelect always label="日期" value={filters.over} change={(over) => change({ over })} options={DAYS} />
            <FilterSelect label="类型" value={filters.duty} change={(duty) => change({ duty })} options={KINDS} />
            <FilterSelect
              label="时长"
              value={filters.due}
              // Hours wait of days that are over.
              change={(due) => change({ due, ...(due && ALL_DAYS) })}
              options={WAITING}
            />
            <DayRange from={filters.from} to={filters.to} change={(days) => change(inPeriod(days))} />
          </>
        }
        columns={[
          {
            title: "时间",
            render: (_, row) => (
              <>
                {day(row.day)}
                <div className="quiet">{row.hours_text}</div>
              </>
            ),
          },
          { title: "驿站", render: (_, row) => <Link to={`/stations/${row.station_id}`}>{row.station}</Link> },
          {
            title: "事项",
            render: (_, row) => (
              <>
                {row.task}
                <div className="quiet">{row.on_duty ?? "志愿服务"}</div>
              </>
            ),
          },
          {
            title: "已报 / 需要",
            align: "right",
            render: (_, row) => row.on_duty == null && `${count(row.signed)} / ${count(row.wanted)}`,
          },
          { title: "时长（小时）", align: "right", render: (_, row) => row.hours > 0 && count(row.hours) },
          {
            title: "进度",
            render: (_, row) =>
              row.off ? (
                <Word tone="bad">{`已取消：${row.off}`}</Word>
              ) : row.due ? (
                <Word tone="watch">待确认时长</Word>
              ) : row.begun ? (
                <Word tone="quiet">{row.ended ? "已结束" : "正在进行"}</Word>
              ) : row.on_duty != null ? (
                <Word tone="good">已排</Word>
              ) : row.signed < (row.wanted ?? 0) ? (
                <Word tone="good">报名中</Word>
              ) : (
                <Word tone="good">已报满</Word>
              ),
          },
          {
            title: "办理",
            render: (_, row) => (
              <>
                {row.on_duty == null && (
                  <Button type="link" onClick={() => show({ how: "volunteers", of: row })}>
                    名单与时长
                  </Button>
                )}
                {may && !row.off && !row.begun && (
                  <>
                    <Button type="link" onClick={() => show({ how: "change", of: row })}>
                      修改
                    </Button>
                    <Button type="link" danger onClick={() => show({ how: "off", of: row })}>
                      取消
                    </Button>
                  </>
                )}
              </>
            ),
          },
        ]}
      />
      {shown?.how === "new" && <ShiftWindow close={leave} done={done} />}
      {shown?.how === "change" && <ShiftWindow before={shown.of} close={leave} done={done} />}
      {shown?.how === "volunteers" && <Volunteers of={shown.of} close={leave} done={again} />}
      {shown?.how === "off" && (
        <ReasonWindow
          open
          danger
          title="取消班次"
          text="已报名的志愿者和值守人会收到短信，写明原因。"
          path={`${PATH}/${shown.of.id}/call-off`}
          close={leave}
          done={again}
        />
      )}
    </>
  );
}

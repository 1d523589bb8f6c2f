import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { timeNow } from "../../client/clock";
import type { StationActivity } from "../../client/types";
import { count, minute } from "../../shared/words";
import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { ListTable } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { ReasonWindow } from "../parts/reason-window";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { ActivityWindow } from "../station/activity-window";
import { askedOf, inPeriod } from "../station/all-days";
import { Signups } from "../station/signups";
import { StationFilter } from "../station/station-picker";
import { ACTIVITIES } from "../station/words";
import { useFilters } from "../use-filters";

const DEFAULTS = { kind: "", over: "false", station: "", from: "", to: "" };
const PATH = "/station-activities";
const TIMES = [
  { value: "false", label: "未结束" },
  { value: "true", label: "已结束" },
  { value: "all", label: "全部时间" },
];

type Shown = { how: "change" | "cancel" | "signups"; of: StationActivity } | { how: "new" };

/** Activities at stations, the next first, with who signed up and came. */
export default function StationActivities() {
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
      <PageHead note="讲座、读书、节日活动；职工在手机上报名，站长扫码签到，每次签到记入台账。">
        <TakeAway
          path={`${PATH}/exports`}
          asked={{ ...asked, over: asked.over && asked.over === "true" }}
          organisation={organisation}
          permission="station.export"
        />
        {may && (
          <Button type="primary" onClick={() => show({ how: "new" })}>
            发布活动
          </Button>
        )}
      </PageHead>
      <ListTable<StationActivity>
        path={PATH}
        asked={{ ...asked, organisation }}
        unit="场活动"
        empty="没有未结束的活动。可以先发布一场。"
        filtered={isFiltered}
        filters={
          <>
            <StationFilter value={filters.station} change={change} />
            <FilterSelect
              label="类型"
              value={filters.kind}
              change={(kind) => change({ kind })}
              options={options(ACTIVITIES)}
            />
            <FilterSelect
              always
              label="时间"
              value={filters.over}
              change={(over) => change({ over })}
              options={TIMES}
            />
            <DayRange from={filters.from} to={filters.to} change={(days) => change(inPeriod(days))} />
          </>
        }
        columns={[
          {
            title: "活动",
            render: (_, row) => (
              <>
                {row.title}
                <div className="quiet">
                  {row.kind_label} · {row.host}
                </div>
              </>
            ),
          },
          { title: "驿站", render: (_, row) => <Link to={`/stations/${row.station_id}`}>{row.station}</Link> },
          { title: "时间", render: (_, row) => minute(row.starts_at) },
          {
            title: "进度",
            render: (_, row) =>
              row.cancelled ? (
                <Word tone="bad">{`已取消：${row.cancelled}`}</Word>
              ) : row.over ? (
                <Word tone="quiet">已结束</Word>
              ) : Date.parse(row.starts_at) <= timeNow() ? (
                <Word tone="quiet">正在进行</Word>
              ) : (
                <Word tone="good">报名中</Word>
              ),
          },
          { title: "已报 / 名额", align: "right", render: (_, row) => `${count(row.seated)} / ${count(row.capacity)}` },
          { title: "候补", align: "right", render: (_, row) => row.waiting > 0 && count(row.waiting) },
          { title: "签到", align: "right", render: (_, row) => row.attended > 0 && count(row.attended) },
          {
            title: "办理",
            render: (_, row) => (
              <>
                <Button type="link" onClick={() => show({ how: "signups", of: row })}>
                  名单
                </Button>
                {may && !row.cancelled && !row.over && (
                  <>
                    <Button type="link" onClick={() => show({ how: "change", of: row })}>
                      修改
                    </Button>
                    <Button type="link" danger onClick={() => show({ how: "cancel", of: row })}>
                      取消
                    </Button>
                  </>
                )}
              </>
            ),
          },
        ]}
      />
      {shown?.how === "new" && <ActivityWindow close={leave} done={done} />}
      {shown?.how === "change" && <ActivityWindow before={shown.of} close={leave} done={done} />}
      {shown?.how === "signups" && <Signups of={shown.of} close={leave} again={again} />}
      {shown?.how === "cancel" && (
        <ReasonWindow
          open
          danger
          title={`取消“${shown.of.title}”`}
          okText="取消活动"
          text="已报名的职工会收到短信，在手机上也能看到原因。"
          path={`${PATH}/${shown.of.id}/cancel`}
          close={leave}
          done={done}
        />
      )}
    </>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useAction } from "../../client/action";
import { post } from "../../client/http";
import type { StationDesk } from "../../client/types";
import { DESKS } from "../../shared/stations";
import { count } from "../../shared/words";
import { FilterSelect } from "../parts/filter-select";
import { ListTable } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { DayOffWindow, DaysOff } from "../station/desk-days";
import { DeskWindow } from "../station/desk-window";
import { StationFilter } from "../station/station-picker";
import { useFilters } from "../use-filters";

const DEFAULTS = { station: "", kind: "", open: "" };
const PATH = "/station-desks";

type Shown = { how: "change" | "close" | "off"; of: StationDesk } | { how: "new" };

/** Desks at stations where somebody advises; of bookings only the numbers. */
export default function StationDesks() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [shown, show] = useState<Shown>();
  const client = useQueryClient();
  const may = useMay()("station.keep");
  const isVacant = filters.open === "vacant";
  const leave = () => show(undefined);
  const done = () => {
    leave();
    client.invalidateQueries({ queryKey: [PATH] });
  };
  const open = useAction((id: string, sending) => post<StationDesk>(`${PATH}/${id}/open`, undefined, sending));
  return (
    <>
      <PageHead note="法律援助、求职就业、心理咨询，职工在手机上预约。谁来咨询、说了什么，这里不显示；每次咨询记入台账。">
        {may && (
          <Button type="primary" onClick={() => show({ how: "new" })}>
            设立窗口
          </Button>
        )}
      </PageHead>
      <ProblemNotice problem={open.problem} />
      <ListTable<StationDesk>
        path={PATH}
        asked={{ ...filters, open: isVacant ? "" : filters.open, vacant: isVacant || "", organisation }}
        unit="个窗口"
        empty="还没有设立咨询窗口。"
        filtered={isFiltered}
        filters={
          <>
            <StationFilter value={filters.station} change={change} />
            <FilterSelect
              label="类型"
              value={filters.kind}
              change={(kind) => change({ kind })}
              options={options(DESKS)}
            />
            <FilterSelect
              label="状态"
              value={filters.open}
              change={(open) => change({ open })}
              options={[
                { value: "true", label: "可预约" },
                { value: "vacant", label: "需换咨询人员" },
                { value: "false", label: "已暂停" },
              ]}
            />
          </>
        }
        columns={[
          { title: "窗口", dataIndex: "kind_label" },
          { title: "驿站", render: (_, row) => <Link to={`/stations/${row.station_id}`}>{row.station}</Link> },
          { title: "咨询人员", dataIndex: "adviser" },
          {
            title: "值班时间",
            render: (_, row) => (
              <div className="narrow-cell">
                {row.hours_text}
                <div className="quiet">每次 {row.minutes} 分钟</div>
              </div>
            ),
          },
          {
            title: "状态",
            render: (_, row) =>
              row.closed ? (
                <Word tone="watch">{`已暂停：${row.closed}`}</Word>
              ) : !row.seated ? (
                <Word tone="bad">咨询人员已不能接待，请换人</Word>
              ) : (
                <>
                  <Word tone="good">可预约</Word>
                  <DaysOff desk={row} may={may} done={done} />
                </>
              ),
          },
          { title: "待咨询", align: "right", render: (_, row) => row.booked > 0 && count(row.booked) },
          { title: "已咨询", align: "right", render: (_, row) => count(row.held) },
          { title: "未到", align: "right", render: (_, row) => row.missed > 0 && count(row.missed) },
          ...(may
            ? [
                {
                  title: "办理",
                  render: (_: unknown, row: StationDesk) => (
                    <>
                      <Button type="link" onClick={() => show({ how: "change", of: row })}>
                        修改
                      </Button>
                      {row.closed ? (
                        <Button type="link" disabled={open.busy} onClick={() => open.run(row.id).then(done)}>
                          恢复
                        </Button>
                      ) : (
                        <>
                          <Button type="link" onClick={() => show({ how: "off", of: row })}>
                            某日不接待
                          </Button>
                          <Button type="link" danger onClick={() => show({ how: "close", of: row })}>
                            暂停
                          </Button>
                        </>
                      )}
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      {shown?.how === "new" && <DeskWindow close={leave} done={done} />}
      {shown?.how === "change" && <DeskWindow before={shown.of} close={leave} done={done} />}
      {shown?.how === "off" && <DayOffWindow desk={shown.of} close={leave} done={done} />}
      {shown?.how === "close" && (
        <ReasonWindow
          open
          danger
          title="暂停预约"
          text={`${shown.of.station} ${shown.of.kind_label}：还没开始的预约会取消，短信告知预约的职工原因。`}
          path={`${PATH}/${shown.of.id}/close`}
          close={leave}
          done={done}
        />
      )}
    </>
  );
}

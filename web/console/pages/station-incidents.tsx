import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal, Space } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { post } from "../../client/http";
import type { StationHelped, StationIncident } from "../../client/types";
import { Corrected } from "../../shared/corrected";
import { INCIDENTS, incidentBefore } from "../../shared/stations";
import { day, minute } from "../../shared/words";
import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { ReasonWindow } from "../parts/reason-window";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { StationFilter } from "../station/station-picker";
import { useFilters } from "../use-filters";

const PATH = "/station-incidents";
const DEFAULTS = { station: "", kind: "", open: "", from: "", to: "" };
const STATES = [
  { value: "true", label: "待跟进" },
  { value: "false", label: "已办结" },
];

/** What happened at stations, and what is to be followed up. */
export default function StationIncidents() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [closing, close] = useState<StationIncident>();
  const [reopening, reopen] = useState<StationIncident>();
  const [opening, open] = useState<StationIncident>();
  const [helped, show] = useState<StationHelped>();
  const client = useQueryClient();
  const may = useMay();
  return (
    <>
      <PageHead note="站长在手机上登记。救护车或警察到场、火情以及站长注明严重的，由工会跟进后办结；被救助人信息加密保存，逐件说明原因后查看。">
        <TakeAway
          path={`${PATH}/exports`}
          asked={{ ...filters, open: filters.open && filters.open === "true" }}
          organisation={organisation}
          permission="station.export"
        />
      </PageHead>
      <ListTable<StationIncident>
        path={PATH}
        asked={{ ...filters, organisation }}
        unit="件"
        empty="还没有登记过事件。"
        filtered={isFiltered}
        filters={
          <>
            <StationFilter value={filters.station} change={change} />
            <FilterSelect
              label="类型"
              value={filters.kind}
              change={(kind) => change({ kind })}
              options={options(INCIDENTS)}
            />
            <FilterSelect label="状态" value={filters.open} change={(open) => change({ open })} options={STATES} />
            <DayRange from={filters.from} to={filters.to} change={change} />
          </>
        }
        columns={[
          { title: "时间", render: (_, row) => minute(row.happened_at) },
          { title: "驿站", render: (_, row) => <Link to={`/stations/${row.station_id}`}>{row.station}</Link> },
          {
            title: "类型",
            render: (_, row) => (
              <>
                {row.kind_label}
                {row.ambulance && <div className="quiet">救护车到场</div>}
                {row.police && <div className="quiet">警察到场</div>}
              </>
            ),
          },
          {
            title: "经过与处理",
            render: (_, row) => (
              <div className="wide-cell">
                {row.what}
                {row.did && <div className="quiet">处理：{row.did}</div>}
                {row.used.length > 0 && (
                  <div className="quiet">用了：{row.used.map((used) => used.words).join("；")}</div>
                )}
                {row.before.map((before) => (
                  <div key={before.corrected_at} className="quiet">
                    <Corrected before={before}>{incidentBefore(before)}</Corrected>
                  </div>
                ))}
                {row.note && <div className="quiet">跟进：{row.note}</div>}
              </div>
            ),
          },
          {
            title: "被救助人",
            render: (_, row) =>
              row.is_helped_known && (
                <Button type="link" onClick={() => open(row)}>
                  查看
                </Button>
              ),
          },
          {
            title: "状态",
            render: (_, row) =>
              row.closed_on ? (
                <Space>
                  <Word tone="quiet">{`${day(row.closed_on)}办结`}</Word>
                  {row.serious && may("station.keep") && (
                    <Button type="link" onClick={() => reopen(row)}>
                      恢复跟进
                    </Button>
                  )}
                </Space>
              ) : may("station.keep") ? (
                <Button type="link" onClick={() => close(row)}>
                  办结
                </Button>
              ) : (
                <Word tone="watch">待跟进</Word>
              ),
          },
        ]}
      />
      {closing && (
        <FormModal<{ note: string }, StationIncident>
          open
          title="办结这件事"
          okText="办结"
          close={() => close(undefined)}
          submit={(typed, sending) => post(`${PATH}/${closing.id}/close`, typed, sending)}
          done={() => {
            close(undefined);
            client.invalidateQueries({ queryKey: [PATH] });
          }}
        >
          <Form.Item label="后续处理结果" name="note" rules={[{ required: true, message: "请写明后续处理结果" }]}>
            <Input.TextArea rows={3} maxLength={300} />
          </Form.Item>
        </FormModal>
      )}
      {reopening && (
        <ReasonWindow
          open
          title="恢复跟进这件事"
          okText="恢复跟进"
          text="误点办结时使用：这件事重新列为待跟进，原先写的处理结果会删除，再次办结时重写。"
          path={`${PATH}/${reopening.id}/reopen`}
          close={() => reopen(undefined)}
          done={() => client.invalidateQueries({ queryKey: [PATH] })}
        />
      )}
      {opening && (
        <FormModal<{ reason: string }, StationHelped>
          open
          title="查看被救助人"
          okText="查看"
          close={() => open(undefined)}
          submit={(typed, sending) => post(`${PATH}/${opening.id}/helped`, typed, sending)}
          done={(told) => {
            open(undefined);
            show(told);
          }}
        >
          <p className="quiet">查看人、时间和原因会记入审计日志。</p>
          <Form.Item label="原因" name="reason" rules={[{ required: true, message: "请填写原因" }]}>
            <Input.TextArea rows={2} maxLength={200} />
          </Form.Item>
        </FormModal>
      )}
      <Modal title="被救助人" open={helped !== undefined} footer={null} onCancel={() => show(undefined)}>
        <p>{helped?.helped}</p>
        {helped?.before.map((before) => (
          <p key={before} className="quiet">
            更正前：<del>{before}</del>
          </p>
        ))}
      </Modal>
    </>
  );
}

import { Button, Form, Input } from "antd";
import { useState } from "react";
import { post } from "../../client/http";
import type { StationRow, StationsTurned } from "../../client/types";
import { ConfirmButton } from "../parts/acts";
import { FormModal } from "../parts/form-modal";
import { useManyTold } from "../parts/many-told";
import { PauseDays, type Typed } from "./state-window";

/** Opens or pauses the stations that are chosen; nothing while none is. */
export function TurnMany({ rows, done }: { rows: StationRow[]; done: () => void }) {
  const [pausing, pause] = useState(false);
  const say = useManyTold();
  const stations = rows.map((row) => row.id);
  const told =
    (act: string) =>
    ({ turned, refused }: StationsTurned) => {
      pause(false);
      done();
      const named = (id: string) => rows.find((row) => row.id === id)?.name ?? "";
      say(`已${act} ${turned} 个驿站`, refused, `个没有${act}`, named);
    };
  return (
    <>
      {rows.length > 0 && (
        <>
          <ConfirmButton<StationsTurned>
            type="primary"
            question={{
              title: `开放选中的 ${rows.length} 个驿站？`,
              text: "筹建的开放，暂停的恢复，预定了暂停的取消预定。每个仍逐一核对：没有站长、地图位置或开放时间的，和检查未达标的不开放，并说明原因。",
              okText: "开放",
            }}
            run={(sending) => post<StationsTurned>("/stations/open", { stations }, sending)}
            done={told("开放")}
          >
            批量开放（{rows.length}）
          </ConfirmButton>
          <Button onClick={() => pause(true)}>批量暂停（{rows.length}）</Button>
        </>
      )}
      <FormModal<Typed, StationsTurned>
        title={`暂停开放：${rows.length} 个驿站`}
        open={pausing}
        close={() => pause(false)}
        okText="暂停"
        submit={(form, sending) => post<StationsTurned>("/stations/pause", { ...form, stations }, sending)}
        done={told("暂停")}
      >
        <p>
          职工在手机上会看到原因。暂停期间的咨询预约会取消，爱心角预留延长到恢复开放以后（没填暂停到哪天的则放回），相关的人都会收到短信；活动和班次是否照常由您另行安排。
        </p>
        <Form.Item label="原因" name="reason" rules={[{ required: true, message: "请填写原因" }]}>
          <Input.TextArea rows={2} maxLength={200} />
        </Form.Item>
        <PauseDays />
      </FormModal>
    </>
  );
}

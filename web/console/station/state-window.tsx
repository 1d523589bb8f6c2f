import { Alert, Form, Input } from "antd";
import { post } from "../../client/http";
import type { StationView } from "../../client/types";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { useToday } from "../session";

/** Why, and where it is a pause from when until when. */
export interface Typed {
  reason?: string | null;
  from?: string | null;
  until?: string | null;
}

interface WindowProps {
  of: StationView;
  how: "pause" | "close";
  close: () => void;
  done: () => void;
}

/** Pauses a station, or closes it for good. */
export function StateWindow({ of, how, close, done }: WindowProps) {
  const pauses = how === "pause";
  // One that pauses already pauses for another reason or longer; a pause that lies ahead is planned anew.
  const lasts = of.pauses;
  const before = pauses && (lasts || Boolean(of.paused_from));
  return (
    <FormModal<Typed, StationView>
      title={before ? "修改暂停" : pauses ? "暂停开放" : "撤销驿站"}
      open
      close={close}
      danger={!pauses}
      okText={before ? "保存" : pauses ? "暂停" : "撤销"}
      initial={before ? { reason: of.state_reason, from: of.paused_from, until: of.paused_until } : undefined}
      submit={(typed, sending) => post<StationView>(`/stations/${of.id}/${how}`, typed, sending)}
      done={() => {
        close();
        done();
      }}
    >
      <p className="quiet">
        {pauses
          ? "职工在手机上会看到原因，预定的暂停开始前就会看到；到期自动恢复开放。"
          : "撤销后职工找不到它，历史记录保留。撤错了可以恢复到筹建状态，但已取消的预约、活动等不会恢复。"}
      </p>
      <Ahead of={of.ahead} pauses={pauses} />
      <Form.Item label="原因" name="reason" rules={[{ required: true, message: "请填写原因" }]}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
      {pauses && <PauseDays lasts={lasts} />}
    </FormModal>
  );
}

/** From when until when; one that lasts has begun. */
export function PauseDays({ lasts = false }: { lasts?: boolean }) {
  const today = useToday();
  return (
    <>
      {!lasts && <DayField label="从哪天起（不填就是现在）" name="from" min={today} />}
      <DayField label="暂停到哪天（不确定可不填；预定以后的暂停必填）" name="until" min={today} />
    </>
  );
}

/** What is still to come there, and what becomes of it. */
function Ahead({ of, pauses }: { of: StationView["ahead"]; pauses: boolean }) {
  const parts = [
    of.bookings > 0 && `${of.bookings} 个咨询预约`,
    of.activities > 0 && `${of.activities} 场活动`,
    of.shifts > 0 && `${of.shifts} 个班次`,
    of.gifts > 0 && `${of.gifts} 份爱心角预留`,
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return (
    <Alert
      className="notice"
      type="warning"
      showIcon
      title={`今后还有 ${parts.join("、")}。`}
      description={
        pauses
          ? "暂停期间的咨询预约会取消；爱心角预留会延长到恢复开放以后，没填暂停到哪天的则放回；活动和班次是否照常由您另行安排。相关的人都会收到短信，暂停期间不再接受报名和预留。"
          : "撤销后全部取消，相关的人都会收到短信，写明您填的原因。"
      }
    />
  );
}

import { Form, Input } from "antd";
import { post } from "../../client/http";
import type { StationDesk } from "../../client/types";
import { day } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { useToday } from "../session";

interface Props {
  desk: StationDesk;
  done: () => void;
}

/** The days to come on which nobody sits at a desk; each can be given back. */
export function DaysOff({ desk, may, done }: Props & { may: boolean }) {
  return desk.days_off.map((off) => (
    <div key={off.day} className="quiet">
      {day(off.day)}不接待：{off.reason}
      {may && (
        <ConfirmButton<StationDesk>
          type="link"
          size="small"
          aria-label={`恢复${day(off.day)}接待`}
          question={{
            title: `恢复${day(off.day)}接待？`,
            text: "当天重新开放预约；已取消的预约不会恢复，需要职工重新预约。",
            okText: "恢复接待",
          }}
          run={(sending) => post<StationDesk>(`/station-desks/${desk.id}/day-on`, { day: off.day }, sending)}
          done={done}
        >
          恢复
        </ConfirmButton>
      )}
    </div>
  ));
}

/** Calls a day of a desk off, with what was booked for it. */
export function DayOffWindow({ desk, close, done }: Props & { close: () => void }) {
  const today = useToday();
  return (
    <FormModal<{ day: string; reason: string }, StationDesk>
      open
      danger
      title="某日不接待"
      okText="停止当天接待"
      close={close}
      submit={(form, sending) => post(`/station-desks/${desk.id}/day-off`, form, sending)}
      done={done}
    >
      <p>
        {desk.station} {desk.kind_label}：当天还没开始的预约会取消，短信告知预约的职工原因；当天不再开放预约。
      </p>
      <DayField label="日期" name="day" required min={today} />
      <Form.Item label="原因" name="reason" rules={[{ required: true, message: "请填写原因" }]}>
        <Input.TextArea rows={3} maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}

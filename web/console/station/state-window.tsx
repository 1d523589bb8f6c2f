import { DatePicker, Form, Input } from "antd";
import dayjs from "dayjs";
import { post } from "../../client/http";
import type { StationView } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { useToday } from "../session";

interface Typed {
  reason: string;
  until?: string;
}

interface WindowProps {
  of: StationView;
  how: "pause" | "close";
  close: () => void;
  done: () => void;
}

/** Pauses a station, or closes it for good. */
export function StateWindow({ of, how, close, done }: WindowProps) {
  const today = useToday();
  const pauses = how === "pause";
  return (
    <FormModal<Typed, StationView>
      title={pauses ? "暂停开放" : "撤销驿站"}
      open
      close={close}
      danger={!pauses}
      okText={pauses ? "暂停" : "撤销"}
      submit={(typed, sending) =>
        post<StationView>(`/stations/${of.id}/${how}`, { ...typed, until: typed.until ?? null }, sending)
      }
      done={() => {
        close();
        done();
      }}
    >
      <p className="quiet">
        {pauses ? "职工在手机上会看到原因；到期自动恢复开放。" : "撤销后不能恢复，历史记录保留。"}
      </p>
      <Form.Item label="原因" name="reason" rules={[{ required: true, message: "请填写原因" }]}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
      {pauses && (
        <Form.Item
          label="暂停到哪天（不确定可不填）"
          name="until"
          getValueProps={(value) => ({ value: value ? dayjs(value) : null })}
          getValueFromEvent={(value) => value?.format("YYYY-MM-DD")}
        >
          <DatePicker minDate={dayjs(today)} />
        </Form.Item>
      )}
    </FormModal>
  );
}

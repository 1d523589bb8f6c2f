import { Form, Input, Radio } from "antd";
import { post } from "../../client/http";
import type { StationInspection } from "../../client/types";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { options } from "../parts/options";
import { useToday } from "../session";
import { StationPicker } from "./station-picker";
import { INSPECTIONS } from "./words";

interface Typed {
  station_id: string;
  kind: StationInspection["kind"];
  planned_on: string;
  team: string;
}

interface WindowProps {
  /** The station, if it is chosen already. */
  station?: string;
  close: () => void;
  done: (made: StationInspection) => void;
}

/** Plans an inspection. */
export function PlanWindow({ station, close, done }: WindowProps) {
  const today = useToday();
  return (
    <FormModal<Typed, StationInspection>
      title="安排检查"
      open
      close={close}
      okText="安排"
      initial={{ station_id: station, kind: "planned", planned_on: today }}
      submit={(typed, sending) =>
        post<StationInspection>("/station-inspections", { ...typed, station_id: station ?? typed.station_id }, sending)
      }
      done={done}
    >
      {!station && (
        <Form.Item label="驿站" name="station_id" rules={[{ required: true, message: "请选择驿站" }]}>
          <StationPicker />
        </Form.Item>
      )}
      <KindField />
      <DayField label="检查日期" name="planned_on" required />
      <TeamField />
    </FormModal>
  );
}

/** How an inspection comes. */
export function KindField() {
  return (
    <Form.Item
      label="方式"
      name="kind"
      extra="暗访抽查不会通知驿站；登记结果之前，只有您这一级及以上有检查权限的人能看到。"
    >
      <Radio.Group options={options(INSPECTIONS)} />
    </Form.Item>
  );
}

/** Who looks. */
export function TeamField() {
  return (
    <Form.Item label="检查单位、检查组或检查人" name="team" rules={[{ required: true, message: "请填写由谁检查" }]}>
      <Input maxLength={60} placeholder="例如：市总工会保障工作部" />
    </Form.Item>
  );
}

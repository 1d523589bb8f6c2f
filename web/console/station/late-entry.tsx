import { Form, Input, Select } from "antd";
import { post } from "../../client/http";
import type { LateStationEntry, StationEntry } from "../../client/types";
import { useOfferedGroups } from "../membership/groups";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { useToday } from "../session";
import { optionsOf, useCatalogue } from "./catalogue";

interface WindowProps {
  station: string;
  close: () => void;
  done: () => void;
}

/** Enters a tally for a past day that never arrived from the master's phone. */
export function LateEntryWindow({ station, close, done }: WindowProps) {
  const today = useToday();
  const groups = useOfferedGroups();
  const services = optionsOf(useCatalogue().data ?? [], "service");
  return (
    <FormModal<LateStationEntry, StationEntry>
      title="补登到站或服务"
      open
      close={close}
      okText="补登"
      initial={{ quantity: 1 }}
      submit={(typed, sending) => post<StationEntry>(`/stations/${station}/entries`, typed, sending)}
      done={done}
    >
      <p className="quiet">站长手机超过时限没有传上来的、纸上登记的，按人数补登；已报送的季度不能补登。</p>
      <DayField label="日期" name="day" required max={today} />
      <Form.Item label="大约几点" name="hour" extra="不填按中午12点">
        <NumberField min={0} max={23} precision={0} suffix="点" />
      </Form.Item>
      <Form.Item label="事项" name="service">
        <Select allowClear placeholder="到站" options={services} />
      </Form.Item>
      <Form.Item label="职工群体" name="group">
        <Select allowClear placeholder="不分群体" options={groups} />
      </Form.Item>
      <Form.Item label="人次" name="quantity" rules={[{ required: true, message: "请填写人次" }]}>
        <NumberField min={1} max={2000} precision={0} />
      </Form.Item>
      <Form.Item label="数据来源和补登原因" name="reason" rules={[{ required: true, message: "请写明来源和原因" }]}>
        <Input.TextArea rows={2} maxLength={200} placeholder="例如：7月3日纸质登记表，当天断网" />
      </Form.Item>
    </FormModal>
  );
}

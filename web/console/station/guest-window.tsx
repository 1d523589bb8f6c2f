import { Button, Form, Input, Select } from "antd";
import { post } from "../../client/http";
import type { NewStationGuest, StationGuest } from "../../client/types";
import { useGroupOptions } from "../membership/groups";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { options } from "../parts/options";
import { useToday } from "../session";
import { StationPicker } from "./station-picker";
import { REQUESTS } from "./words";

/** Writes an official's day as master down, with what workers asked for. */
export function GuestWindow({ close, done }: { close: () => void; done: () => void }) {
  const today = useToday();
  const groups = useGroupOptions();
  return (
    <FormModal<NewStationGuest, StationGuest>
      title="登记一日站长"
      open
      width={720}
      close={close}
      okText="登记"
      initial={{ day: today, activities: 0, requests: [] }}
      submit={(typed, sending) => post<StationGuest>("/station-guests", typed, sending)}
      done={done}
    >
      <Form.Item label="驿站" name="station_id" rules={[{ required: true, message: "请选择驿站" }]}>
        <StationPicker />
      </Form.Item>
      <Form.Item label="姓名" name="name" rules={[{ required: true, message: "请填写姓名" }]}>
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item label="单位和职务" name="office" rules={[{ required: true, message: "请填写单位和职务" }]}>
        <Input maxLength={60} placeholder="例如：市人社局副局长" />
      </Form.Item>
      <DayField label="日期" name="day" required max={today} />
      <Form.Item label="当日工作" name="did" rules={[{ required: true, message: "请填写当日工作" }]}>
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
      <Form.Item
        label="主持活动（场）"
        name="activities"
        rules={[{ required: true, message: "请填写场数，没有的填 0" }]}
      >
        <NumberField min={0} max={20} precision={0} />
      </Form.Item>
      <Form.List name="requests">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="found">
                <Form.Item
                  label="诉求类型"
                  name={[name, "kind"]}
                  rules={[{ required: true, message: "请选择类型" }]}
                  className="found-item"
                >
                  <Select options={options(REQUESTS)} />
                </Form.Item>
                <Form.Item label="职工群体" name={[name, "group"]} className="found-item">
                  <Select allowClear options={groups} />
                </Form.Item>
                <Form.Item
                  label="诉求内容"
                  name={[name, "wish"]}
                  rules={[{ required: true, message: "请填写诉求内容" }]}
                  className="found-item"
                >
                  <Input.TextArea rows={2} maxLength={300} />
                </Form.Item>
                <Button danger onClick={() => remove(name)} aria-label="删去这件诉求">
                  删去
                </Button>
              </div>
            ))}
            <Button onClick={() => add({ kind: "pay" })}>加一件诉求</Button>
          </>
        )}
      </Form.List>
    </FormModal>
  );
}

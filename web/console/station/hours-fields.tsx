import { Button, Checkbox, DatePicker, Form, Input, Space } from "antd";
import { useState } from "react";
import { DATED } from "../parts/day-field";
import { useToday } from "../session";
import { spansOf, WEEK } from "./hours";

const understood = {
  validator: (_: unknown, line?: string) =>
    spansOf(line ?? "") ? Promise.resolve() : Promise.reject(new Error("请写成 08:30-12:00、14:00-18:00 的样子")),
};

/** The fields of opening hours, below `hours` in the form; `staffed` for what somebody must be there for. */
export function HoursFields({ legend = "开放时间", staffed = false }: { legend?: string; staffed?: boolean }) {
  const form = Form.useFormInstance();
  const today = useToday();
  // They come in their order, and their rows are numbered as they come.
  const [came] = useState<{ day: string }[]>(() => form.getFieldValue(["hours", "exceptions"]) ?? []);
  const past = came.filter((one) => one.day < today).length;
  const [shown, show] = useState(false);
  const copy = () => {
    const monday: string = form.getFieldValue(["hours", "week", 0]);
    for (const place of WEEK.keys()) form.setFieldValue(["hours", "week", place], monday);
  };
  return (
    <fieldset className="rows">
      <legend>{legend}</legend>
      <Form.Item name={["hours", "self_service"]} valuePropName="checked" hidden={staffed}>
        <Checkbox>24小时自助（无人值守时也能进入）</Checkbox>
      </Form.Item>
      <div className="two">
        {WEEK.map((name, place) => (
          <Form.Item key={name} label={name} name={["hours", "week", place]} rules={[understood]}>
            <Input maxLength={80} placeholder="不开放" />
          </Form.Item>
        ))}
        <Form.Item label=" " colon={false}>
          <Button onClick={copy}>每天都同周一</Button>
        </Form.Item>
      </div>
      <Form.Item name={["hours", "differs"]} valuePropName="checked">
        <Checkbox>法定节假日另有安排</Checkbox>
      </Form.Item>
      <Form.Item noStyle dependencies={[["hours", "differs"]]}>
        {({ getFieldValue }) =>
          getFieldValue(["hours", "differs"]) && (
            <Form.Item label="节假日" name={["hours", "holiday"]} rules={[understood]}>
              <Input maxLength={80} placeholder="不开放" />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.List name={["hours", "exceptions"]}>
        {(rows, { add, remove }) => (
          <Form.Item label="某天临时调整">
            {past > 0 && !shown && <Button type="link" onClick={() => show(true)}>{`已经过去的 ${past} 天`}</Button>}
            {rows.map((row) => (
              <Space
                key={row.key}
                align="baseline"
                wrap
                style={row.key < past && !shown ? { display: "none" } : undefined}
              >
                <Form.Item name={[row.name, "day"]} rules={[{ required: true, message: "请选择日期" }]} {...DATED}>
                  <DatePicker aria-label="日期" />
                </Form.Item>
                <Form.Item name={[row.name, "line"]} rules={[understood]}>
                  <Input maxLength={80} placeholder="全天不开放" aria-label="当天开放时间" />
                </Form.Item>
                <Form.Item name={[row.name, "reason"]}>
                  <Input maxLength={40} placeholder="说明，如：消毒" aria-label="说明" />
                </Form.Item>
                <Button onClick={() => remove(row.name)}>删去</Button>
              </Space>
            ))}
            <Button onClick={() => add({ line: "" })}>加一天</Button>
          </Form.Item>
        )}
      </Form.List>
    </fieldset>
  );
}

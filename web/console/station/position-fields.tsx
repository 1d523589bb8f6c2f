import { Form, type FormRule, Select, Space } from "antd";
import type { ClipboardEvent } from "react";
import { NumberField } from "../parts/number-field";
import { options } from "../parts/options";
import { pairOf } from "./degrees";
import { SYSTEMS } from "./words";

/** One of longitude and latitude tells no place; whoever filled in one is asked for the other. */
const beside = (other: "longitude" | "latitude", message: string) => ({
  dependencies: [other],
  rules: [({ getFieldValue }) => ({ required: getFieldValue(other) != null, message })] satisfies FormRule[],
});

/** Where a station stands; maps give both degrees in one line, which fills both fields wherever it is pasted. */
export function PositionFields() {
  const form = Form.useFormInstance();
  const paste = (event: ClipboardEvent) => {
    const pair = pairOf(event.clipboardData.getData("text"));
    if (!pair) return;
    event.preventDefault();
    form.setFieldsValue(pair);
    form.validateFields(["longitude", "latitude"]).catch(() => undefined);
  };
  return (
    <Form.Item label="地图位置（从地图上复制经纬度，并选对坐标系）" className="whole">
      <Space wrap align="baseline" onPaste={paste}>
        <Form.Item name="longitude" noStyle {...beside("latitude", "请填写经度")}>
          <NumberField min={-180} max={180} step={0.0001} placeholder="经度" aria-label="经度" />
        </Form.Item>
        <Form.Item name="latitude" noStyle {...beside("longitude", "请填写纬度")}>
          <NumberField min={-90} max={90} step={0.0001} placeholder="纬度" aria-label="纬度" />
        </Form.Item>
        <Form.Item name="system" noStyle>
          <Select aria-label="坐标系" className="system" options={options(SYSTEMS)} />
        </Form.Item>
      </Space>
    </Form.Item>
  );
}

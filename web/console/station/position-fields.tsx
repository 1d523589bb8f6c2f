import { Button, Form, type FormRule, Select, Space } from "antd";
import { type ClipboardEvent, useState } from "react";
import type { Spot } from "../../shared/map/spot";
import { NumberField } from "../parts/number-field";
import { options } from "../parts/options";
import type { System } from "./convert";
import { pairOf, spotOf } from "./degrees";
import { PickWindow } from "./pick-window";
import { SYSTEMS } from "./words";

/** One of longitude and latitude tells no place; whoever filled in one is asked for the other. */
const beside = (other: "longitude" | "latitude", message: string) => ({
  dependencies: [other],
  rules: [({ getFieldValue }) => ({ required: getFieldValue(other) != null, message })] satisfies FormRule[],
});

/** Wide enough for all that a map gives of a degree. */
const DEGREES = { step: 0.0001, style: { width: 132 } };

const FILLED: ("longitude" | "latitude")[] = ["longitude", "latitude"];

/** What the form holds of where the station is. */
interface Held {
  longitude?: number | null;
  latitude?: number | null;
  system: System;
  division?: string;
  organisation_id?: string;
}

/**
 * Where a station stands; maps give both degrees in one line, which fills both fields wherever it is pasted, and on the house's
 * own map it is pointed at.
 */
export function PositionFields() {
  const form = Form.useFormInstance<Held>();
  // As the form was when the map was opened: it covers the fields.
  const [held, open] = useState<Held>();
  const fill = (at: Spot) => {
    // As if typed: it is not given up unasked.
    form.setFields(FILLED.map((name) => ({ name, value: at[name], touched: true })));
    form.validateFields(FILLED).catch(() => undefined);
  };
  const paste = (event: ClipboardEvent) => {
    const pair = pairOf(event.clipboardData.getData("text"));
    if (!pair) return;
    event.preventDefault();
    fill(pair);
  };
  const close = () => open(undefined);
  return (
    <Form.Item label="地图位置（在地图上选，或从别的地图上复制经纬度，并选对坐标系）" className="whole">
      <Space wrap align="baseline" onPaste={paste}>
        <Form.Item name="longitude" noStyle {...beside("latitude", "请填写经度")}>
          <NumberField {...DEGREES} min={-180} max={180} placeholder="经度" aria-label="经度" />
        </Form.Item>
        <Form.Item name="latitude" noStyle {...beside("longitude", "请填写纬度")}>
          <NumberField {...DEGREES} min={-90} max={90} placeholder="纬度" aria-label="纬度" />
        </Form.Item>
        <Form.Item name="system" noStyle>
          <Select aria-label="坐标系" className="system" options={options(SYSTEMS)} />
        </Form.Item>
        <Button onClick={() => open(form.getFieldsValue())}>在地图上选</Button>
      </Space>
      {held && (
        <PickWindow
          typed={spotOf(held)}
          system={held.system}
          division={held.division}
          organisation={held.organisation_id ?? ""}
          close={close}
          done={(at) => {
            fill(at);
            close();
          }}
        />
      )}
    </Form.Item>
  );
}

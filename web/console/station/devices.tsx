import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { post, put } from "../../client/http";
import type { StationDevice, StationOpening } from "../../client/types";
import { minute } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { options } from "../parts/options";
import { Word } from "../parts/word";

/** What devices are. */
export const DEVICES: Record<StationDevice["kind"], string> = {
  lock: "门锁",
  counter: "客流计数器",
  microwave: "微波炉",
  temperature: "温度计",
  smoke: "烟雾报警器",
  power: "电源开关",
};

/** How a device stands, and what is wrong with it. */
export function Standing({ of }: { of: StationDevice }) {
  if (of.retired_on) return <Word tone="quiet">已停用</Word>;
  if (of.alarms.length > 0) return <Word tone="bad">{of.alarms.join("、")}</Word>;
  if (!of.heard_at) return <Word tone="watch">尚未上线</Word>;
  return <Word tone="good">正常</Word>;
}

/** The columns that every list of devices has. */
export const columns = [
  { title: "设备", dataIndex: "label" },
  { title: "种类", dataIndex: "kind_label" },
  { title: "状态", render: (_: unknown, row: StationDevice) => <Standing of={row} /> },
  { title: "现在", render: (_: unknown, row: StationDevice) => (row.retired_on ? "" : row.words) },
  {
    title: "电量",
    align: "right" as const,
    render: (_: unknown, row: StationDevice) =>
      row.battery_low && !row.retired_on ? (
        <Word tone="watch">{`${row.battery}%，电量低`}</Word>
      ) : typeof row.battery === "number" ? (
        `${row.battery}%`
      ) : (
        ""
      ),
  },
  { title: "最近上报", render: (_: unknown, row: StationDevice) => minute(row.heard_at) },
  { title: "编号", dataIndex: "code" },
];

/** A device is renamed, or goes out of use and comes back. */
export function DeviceActs({ of, again }: { of: StationDevice; again: () => void }) {
  const [renaming, rename] = useState(false);
  const save = (form: { label: string; retired: boolean }, sending: object) =>
    put<StationDevice>(`/station-devices/${of.id}`, form, { ...sending, tag: `"${of.version}"` });
  const retired = Boolean(of.retired_on);
  return (
    <>
      <Button type="link" onClick={() => rename(true)}>
        改名
      </Button>
      <ConfirmButton<StationDevice>
        type="link"
        question={
          retired
            ? { title: `重新启用${of.label}？`, okText: "启用" }
            : {
                title: `停用${of.label}？`,
                text: "停用后它上报的消息不再采用，门锁不再开门。移到别的驿站的，停用后到那个驿站登记。",
                okText: "停用",
                danger: true,
              }
        }
        run={(sending) => save({ label: of.label, retired: !retired }, sending)}
        done={again}
      >
        {retired ? "启用" : "停用"}
      </ConfirmButton>
      <FormModal<{ label: string }, StationDevice>
        title={`改名：${of.label}`}
        open={renaming}
        close={() => rename(false)}
        initial={{ label: of.label }}
        submit={(typed, sending) => save({ label: typed.label, retired }, sending)}
        done={() => {
          rename(false);
          again();
        }}
      >
        <Form.Item label="名称" name="label" rules={[{ required: true, message: "请填写名称" }]}>
          <Input maxLength={20} />
        </Form.Item>
      </FormModal>
    </>
  );
}

interface Typed {
  kind: keyof typeof DEVICES;
  code: string;
  label: string;
}

/** A station's own devices. */
export function DeviceList({ station, keeps }: { station: string; keeps: boolean }) {
  const client = useQueryClient();
  const [adding, add] = useState(false);
  const again = () => client.invalidateQueries({ queryKey: ["/station-devices"] });
  return (
    <>
      <ListTable<StationDevice>
        path="/station-devices"
        asked={{ station, retired: true }}
        unit="台设备"
        empty="还没有登记设备。装好门锁、计数器、烟感后，在这里登记它们的编号。"
        acts={keeps && <Button onClick={() => add(true)}>登记设备</Button>}
        columns={[
          ...columns,
          { title: "办理", hidden: !keeps, render: (_, row) => <DeviceActs of={row} again={again} /> },
        ]}
      />
      <FormModal<Typed, StationDevice>
        title="登记设备"
        open={adding}
        close={() => add(false)}
        initial={{ kind: "lock" }}
        okText="登记"
        submit={(typed, sending) => post(`/stations/${station}/devices`, typed, sending)}
        done={() => {
          add(false);
          again();
        }}
      >
        <Form.Item label="种类" name="kind">
          <Select options={options(DEVICES)} />
        </Form.Item>
        <Form.Item label="编号（设备铭牌上的）" name="code" rules={[{ required: true, message: "请填写设备编号" }]}>
          <Input maxLength={32} />
        </Form.Item>
        <Form.Item label="名称" name="label" rules={[{ required: true, message: "请填写设备名称" }]}>
          <Input maxLength={20} placeholder="如：正门门锁" />
        </Form.Item>
      </FormModal>
    </>
  );
}

const TONES = { waiting: "plain", done: "good", late: "watch", refused: "bad" } as const;

/** Who opened the door when, newest first. */
export function OpeningList({ station }: { station: string }) {
  return (
    <ListTable<StationOpening>
      path={`/stations/${station}/openings`}
      asked={{ limit: 20 }}
      unit="条"
      empty="还没有开门、通断电的记录。"
      columns={[
        { title: "时间", render: (_, row) => minute(row.asked_at) },
        { title: "设备", dataIndex: "device" },
        { title: "指令", dataIndex: "label" },
        { title: "结果", render: (_, row) => <Word tone={TONES[row.state]}>{row.words}</Word> },
        { title: "操作人", dataIndex: "by" },
        { title: "计到站（每人每小时一次）", render: (_, row) => row.counted && "是" },
      ]}
    />
  );
}

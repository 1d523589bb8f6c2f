import { Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { post, put } from "../../client/http";
import type { StationActivity, StationActivityForm } from "../../client/types";
import { instantOf, shownAt } from "../parts/beijing";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { options } from "../parts/options";
import { PeriodOfMinutes } from "../parts/period";
import { StationPicker } from "./station-picker";
import { ACTIVITIES } from "./words";

interface Typed extends Omit<StationActivityForm, "starts_at" | "ends_at"> {
  station_id: string;
  time: [Dayjs, Dayjs];
}

interface WindowProps {
  /** The activity that is changed; a new one without. */
  before?: StationActivity;
  close: () => void;
  done: () => void;
}

/** Announces an activity, or changes one. */
export function ActivityWindow({ before, close, done }: WindowProps) {
  return (
    <FormModal<Typed, StationActivity>
      title={before ? `修改：${before.title}` : "发布活动"}
      open
      close={close}
      okText={before ? "保存" : "发布"}
      initial={
        before
          ? { ...before, time: [shownAt(before.starts_at), shownAt(before.ends_at)] }
          : { kind: "lecture", capacity: 30, about: "" }
      }
      submit={({ time, ...typed }, sending) => {
        const form = { ...typed, starts_at: instantOf(time[0]), ends_at: instantOf(time[1]) };
        return before
          ? put<StationActivity>(`/station-activities/${before.id}`, form, { ...sending, tag: `"${before.version}"` })
          : post<StationActivity>("/station-activities", form, sending);
      }}
      done={done}
    >
      {!before && (
        <Form.Item label="驿站" name="station_id" rules={[{ required: true, message: "请选择驿站" }]}>
          <StationPicker />
        </Form.Item>
      )}
      <Form.Item label="类型" name="kind">
        <Select options={options(ACTIVITIES)} />
      </Form.Item>
      <Form.Item label="活动名称" name="title" rules={[{ required: true, message: "请填写活动名称" }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item label="主办单位" name="host" rules={[{ required: true, message: "请填写主办单位" }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item label="时间" name="time" rules={[{ required: true, message: "请选择时间" }]}>
        <PeriodOfMinutes />
      </Form.Item>
      <Form.Item
        label="名额"
        name="capacity"
        rules={[{ required: true, message: "请填写名额" }]}
        extra="报满后可以候补；有人退出或增加名额，自动递补。"
      >
        <NumberField min={1} max={2000} precision={0} />
      </Form.Item>
      <Form.Item label="活动介绍" name="about">
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormModal>
  );
}

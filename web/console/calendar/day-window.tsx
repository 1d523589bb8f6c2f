import { DatePicker, Form, Input, Radio } from "antd";
import type dayjs from "dayjs";
import type { RegionCalendar } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { spanOf } from "../parts/same-day";
import { between, changed } from "./days";
import { type SaveDays, yearRange } from "./save";

interface Typed {
  days: [string, string];
  kind: "off" | "work" | "plain";
  name: string;
}

interface WindowProps {
  calendar: RegionCalendar;
  /** Not open without. */
  day?: string;
  save: SaveDays;
  close: () => void;
}

/** Sets a day, or several that follow each other. */
export function DayWindow({ calendar, day, save, close }: WindowProps) {
  const before = calendar.days.find((one) => one.day === day);
  return (
    <FormModal<Typed, unknown>
      title="设定放假或上班"
      open={day !== undefined}
      close={close}
      initial={{
        days: day ? [day, day] : undefined,
        kind: before && !before.is_off ? "work" : "off",
        name: before?.name ?? "",
      }}
      submit={({ days: [from, to], kind, name }, sending) => {
        const set = kind === "plain" ? undefined : { is_off: kind === "off", name: name.trim() };
        return save(changed(calendar.own, between(from, to), set), sending);
      }}
      done={close}
    >
      <Form.Item
        label="日期"
        name="days"
        getValueProps={(days: [string, string]) => ({ value: days && spanOf(...days) })}
        getValueFromEvent={(days: [dayjs.Dayjs, dayjs.Dayjs]) => days.map((one) => one.format("YYYY-MM-DD"))}
      >
        <DatePicker.RangePicker allowClear={false} {...yearRange(calendar.year)} />
      </Form.Item>
      <Form.Item label="这些天" name="kind">
        <Radio.Group
          options={[
            { value: "off", label: "放假" },
            { value: "work", label: "调休上班" },
            { value: "plain", label: calendar.region ? "按全国安排" : "按平常周" },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["kind"]}>
        {({ getFieldValue }) =>
          getFieldValue("kind") !== "plain" && (
            <Form.Item label="节日名称" name="name" rules={[{ required: true, message: "请填写节日名称" }]}>
              <Input maxLength={60} placeholder="如：那达慕" />
            </Form.Item>
          )
        }
      </Form.Item>
    </FormModal>
  );
}

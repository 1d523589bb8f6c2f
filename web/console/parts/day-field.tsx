import { DatePicker, Form } from "antd";
import dayjs from "dayjs";
import { dayOf } from "./same-day";

/** How a field of a form holds a day as the interface writes it, or null. */
export const DATED = {
  getValueProps: (value?: string | null) => ({ value: value ? dayOf(value) : null }),
  getValueFromEvent: (value?: dayjs.Dayjs | null) => value?.format("YYYY-MM-DD") ?? null,
};

interface DayProps {
  label: string;
  name: string | (string | number)[];
  required?: boolean;
  min?: string;
  max?: string;
}

/** A field of a form for a day. */
export function DayField({ label, name, required, min, max }: DayProps) {
  return (
    <Form.Item label={label} name={name} rules={[{ required, message: "请选择日期" }]} {...DATED}>
      <DatePicker
        minDate={min ? dayjs(min) : undefined}
        maxDate={max ? dayjs(max) : undefined}
        allowClear={!required}
      />
    </Form.Item>
  );
}

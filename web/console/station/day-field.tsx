import { DatePicker, Form } from "antd";
import dayjs from "dayjs";

interface DayProps {
  label: string;
  name: string | (string | number)[];
  required?: boolean;
  min?: string;
  max?: string;
}

/** A field of a form for a day, which it holds as the interface writes it. */
export function DayField({ label, name, required, min, max }: DayProps) {
  return (
    <Form.Item
      label={label}
      name={name}
      rules={required ? [{ required, message: "请选择日期" }] : undefined}
      getValueProps={(value) => ({ value: value ? dayjs(value) : null })}
      getValueFromEvent={(value) => value?.format("YYYY-MM-DD")}
    >
      <DatePicker
        minDate={min ? dayjs(min) : undefined}
        maxDate={max ? dayjs(max) : undefined}
        allowClear={!required}
      />
    </Form.Item>
  );
}

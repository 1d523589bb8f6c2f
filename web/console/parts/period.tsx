import { DatePicker } from "antd";
import type { ComponentProps } from "react";

type Props = ComponentProps<typeof DatePicker.RangePicker>;

/**
 * A field of a form for a period, which is whole or not there at all. Either end may be passed over: antd gives the focus back to
 * an end that must not be empty, so that the keyboard would never come beyond the field.
 */
export function Period({ onChange, ...field }: Props) {
  return (
    <DatePicker.RangePicker
      {...field}
      allowEmpty={[true, true]}
      onChange={(days, texts) => onChange?.(days?.[0] && days[1] ? days : null, texts)}
    />
  );
}

/** The same to the minute. */
export function PeriodOfMinutes(props: Props) {
  return <Period showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" {...props} />;
}

import { Checkbox, Select } from "antd";

interface Props {
  label: string;
  /** What is chosen; empty for all, unless nothing is itself one of the choices. */
  value: string;
  change: (value: string) => void;
  options: { value: string; label: string }[];
  /** Whether the choices are long, or so many that they are looked for by typing. */
  wide?: boolean;
  /** Whether one is always chosen, like an order: then there is nothing to leave open. */
  always?: boolean;
}

/** A filter of a list that may be left open. */
export function FilterSelect({ label, value, change, options, wide, always }: Props) {
  const offersNothing = options.some((one) => one.value === "");
  return (
    <Select
      aria-label={label}
      className={wide ? "filter wide" : "filter"}
      showSearch={wide && { optionFilterProp: "label" }}
      placeholder={label}
      allowClear={!always && { label: `不限${label}` }}
      value={offersNothing ? value : value || undefined}
      onChange={(chosen?: string) => change(chosen ?? "")}
      options={options}
    />
  );
}

interface CheckProps {
  label: string;
  /** Whether only those are wanted: `true`, or empty. */
  value: string;
  change: (value: string) => void;
}

/** A filter of a list that is on or off. */
export function FilterCheck({ label, value, change }: CheckProps) {
  return (
    <Checkbox checked={value === "true"} onChange={(event) => change(event.target.checked ? "true" : "")}>
      {label}
    </Checkbox>
  );
}

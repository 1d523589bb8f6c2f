import { Select } from "antd";
import { useState } from "react";
import { Many, type ManyProps, useSought } from "../parts/sought";

const PATH = "/benefit-partners";
const HINT = "输入驿站、餐厅等核销点名称查找";
const NONE = "没有符合的核销点，请先在“核销点”登记";

/** Places of redemption, found by name or code. */
export function Places(props: ManyProps) {
  const sought = useSought(PATH, { active: true });
  return <Many {...props} sought={sought} placeholder={HINT} none={NONE} most={500} />;
}

interface PlaceProps {
  id?: string;
  value?: string;
  onChange?: (id?: string) => void;
  /** Of this union and those below it. */
  organisation: string;
  /** For a filter, which has no label beside it, may be left open, and also seeks places that no longer redeem. */
  label?: string;
}

/** One place of redemption, found by name or code; the chosen one keeps its name. */
export function Place({ id, value, onChange, organisation, label }: PlaceProps) {
  const active = label ? undefined : true;
  const { text, type, busy, rows, nothing } = useSought(PATH, { organisation, active }, organisation !== "");
  const [chosen, choose] = useState<{ value: string; label: string }>();
  const options = rows.map((row) => ({ value: row.id, label: row.name }));
  const isHidden = text === "" && value !== undefined && options.every((one) => one.value !== value);
  // A page that was sent names a place that nobody sought here.
  const hidden = chosen && chosen.value === value ? chosen : { value, label: "已选的核销点" };
  return (
    <Select
      id={id}
      aria-label={label}
      className={label && "filter"}
      allowClear={label !== undefined}
      placeholder={label ?? HINT}
      value={value}
      onChange={(next?: string) => {
        choose(options.find((one) => one.value === next));
        onChange?.(next);
      }}
      showSearch={{ filterOption: false, searchValue: text, onSearch: type }}
      loading={busy}
      notFoundContent={nothing(NONE)}
      options={isHidden ? [...options, hidden] : options}
    />
  );
}

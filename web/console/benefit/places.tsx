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
  onChange?: (id: string) => void;
  /** Of this union and those below it. */
  organisation: string;
}

/** One place of redemption, found by name or code; the chosen one keeps its name. */
export function Place({ id, value, onChange, organisation }: PlaceProps) {
  const { text, type, busy, rows, nothing } = useSought(PATH, { organisation, active: true }, organisation !== "");
  const [chosen, choose] = useState<{ value: string; label: string }>();
  const options = rows.map((row) => ({ value: row.id, label: row.name }));
  const isHidden = text === "" && chosen?.value === value && options.every((one) => one.value !== value);
  return (
    <Select
      id={id}
      placeholder={HINT}
      value={value}
      onChange={(next: string) => {
        choose(options.find((one) => one.value === next));
        onChange?.(next);
      }}
      showSearch={{ filterOption: false, searchValue: text, onSearch: type }}
      loading={busy}
      notFoundContent={nothing(NONE)}
      options={isHidden && chosen ? [...options, chosen] : options}
    />
  );
}

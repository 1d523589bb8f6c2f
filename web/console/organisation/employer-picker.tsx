import { One, useSought } from "../parts/sought";

interface Props {
  /** Set by antd's form. */
  id?: string;
  value?: string | null;
  onChange?: (id: string | null) => void;
  /** The name of the one that is chosen at first. */
  named?: string;
}

/** Chooses an employer by what is typed of its name or credit code. */
export function EmployerPicker({ onChange, named, ...field }: Props) {
  const sought = useSought("/employers", {});
  const rows = sought.rows.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <One
      {...field}
      onChange={(chosen) => onChange?.(chosen ?? null)}
      sought={{ ...sought, rows }}
      known={named}
      open
      placeholder="输入单位名称查找"
      none="没有找到，请先到“用人单位”登记"
    />
  );
}

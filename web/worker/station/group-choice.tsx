import type { DutyDay } from "../../client/types";
import { Choice } from "../field";

interface Props {
  groups: DutyDay["groups"];
  value: string;
  onChange: (code: string) => void;
}

/** Of which worker group somebody is, if the master would tell. */
export function GroupChoice({ groups, value, onChange }: Props) {
  return (
    <Choice label="职工群体" value={value} onChange={onChange}>
      <option value="">不分群体</option>
      {groups.map((one) => (
        <option key={one.code} value={one.code}>
          {one.label}
        </option>
      ))}
    </Choice>
  );
}

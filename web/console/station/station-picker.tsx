import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { StationRow, StationView } from "../../client/types";
import { useOrganisation } from "../parts/organisation";
import { One, type PickerProps, useSought } from "../parts/sought";

const PATH = "/stations";

/** A station as a list names it. */
const named = ({ id, name, code }: StationRow | StationView) => ({ value: id, label: `${name}　${code}` });

interface FilterProps {
  /** Its key; empty for all. */
  value: string;
  change: (filter: { station: string }) => void;
}

/** A station as a filter of a list. */
export function StationFilter({ value, change }: FilterProps) {
  return (
    <StationPicker label="驿站" value={value || undefined} onChange={(station) => change({ station: station ?? "" })} />
  );
}

/** Chooses a station by its name, number or address. */
export function StationPicker({ label, ...field }: PickerProps & { label?: string }) {
  const [organisation] = useOrganisation();
  const sought = useSought<StationRow>(PATH, { organisation });
  const rows = sought.rows.map(named);
  // A page that was sent names a station that nobody sought here.
  const isStrange = Boolean(field.value) && !rows.some((one) => one.value === field.value);
  const strange = useQuery({
    queryKey: [`/stations/${field.value}`],
    queryFn: () => get<StationView>(`/stations/${field.value}`),
    enabled: isStrange,
  });
  return (
    <One
      {...field}
      label={label}
      sought={{ ...sought, rows }}
      known={isStrange && strange.data && strange.data.id === field.value ? named(strange.data).label : undefined}
      open
      placeholder="输入驿站名称或编号查找"
      none="没有找到这个驿站"
    />
  );
}

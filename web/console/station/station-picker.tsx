import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { get } from "../../client/http";
import type { Page, StationRow, StationView } from "../../client/types";
import { nothingFound } from "../parts/nothing-found";
import { useOrganisation } from "../parts/organisation";

interface PickerProps {
  /** Set by antd's form. */
  id?: string;
  value?: string | null;
  onChange?: (id?: string) => void;
  /** For a filter, which has no label beside it. */
  label?: string;
}

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
export function StationPicker({ id, value, onChange, label }: PickerProps) {
  const [organisation] = useOrganisation();
  const [typed, type] = useState("");
  const found = useQuery({
    queryKey: ["station-search", organisation, typed],
    queryFn: ({ signal }) => get<Page<StationRow>>("/stations", { q: typed.trim(), organisation, limit: 20 }, signal),
  });
  const options = found.data?.items.map((row) => ({ value: row.id, label: `${row.name}　${row.code}` })) ?? [];
  // A page that was sent names a station that nobody sought here.
  const isStrange = typeof value === "string" && !options.some((one) => one.value === value);
  const named = useQuery({
    queryKey: [`/stations/${value}`],
    queryFn: () => get<StationView>(`/stations/${value}`),
    enabled: isStrange,
  });
  if (isStrange && named.data?.id === value)
    options.push({ value: named.data.id, label: `${named.data.name}　${named.data.code}` });
  return (
    <Select
      id={id}
      value={value ?? undefined}
      onChange={onChange}
      aria-label={label}
      className={label && "filter"}
      allowClear
      placeholder={label ?? "输入驿站名称或编号查找"}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: type }}
      loading={found.isFetching}
      notFoundContent={nothingFound(found, "没有找到这个驿站")}
      options={options}
    />
  );
}

import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { get } from "../../client/http";
import type { Page, StationRow } from "../../client/types";
import { useOrganisation } from "../parts/organisation";

interface PickerProps {
  /** Set by antd's form. */
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
}

/** Chooses a station by its name, number or address. */
export function StationPicker({ id, value, onChange }: PickerProps) {
  const [organisation] = useOrganisation();
  const [typed, type] = useState("");
  const found = useQuery({
    queryKey: ["station-search", organisation, typed],
    queryFn: ({ signal }) => get<Page<StationRow>>("/stations", { q: typed.trim(), organisation, limit: 20 }, signal),
    placeholderData: (before) => before,
  });
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      placeholder="输入驿站名称或编号查找"
      showSearch={{ filterOption: false, searchValue: typed, onSearch: type }}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? "正在查找…" : "没有找到这个驿站"}
      options={found.data?.items.map((row) => ({ value: row.id, label: `${row.name}　${row.code}` }))}
    />
  );
}

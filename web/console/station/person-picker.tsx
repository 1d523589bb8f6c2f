import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { get } from "../../client/http";
import type { Page, PersonRow } from "../../client/types";

interface PickerProps {
  /** Set by antd's form. */
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
}

/** Chooses a known person by name, whole phone number or whole document number. */
export function PersonPicker({ id, value, onChange }: PickerProps) {
  const [typed, type] = useState("");
  const found = useQuery({
    queryKey: ["person-search", typed],
    queryFn: ({ signal }) => get<Page<PersonRow>>("/people", { q: typed.trim(), limit: 20 }, signal),
    enabled: typed.trim().length > 1,
    placeholderData: (before) => before,
  });
  const rows = found.data?.items ?? [];
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      placeholder="输入姓名、手机号或证件号码查找"
      showSearch={{ filterOption: false, searchValue: typed, onSearch: type }}
      loading={found.isFetching}
      notFoundContent={typed.trim().length < 2 ? "请输入至少两个字" : found.isFetching ? "正在查找…" : "没有找到这个人"}
      options={rows.map((row) => ({
        value: row.id,
        label: [row.name, row.phone, row.organisation_name].filter(Boolean).join("　"),
      }))}
    />
  );
}

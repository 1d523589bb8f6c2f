import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { get } from "../../client/http";
import type { ReceivingUnion } from "../../client/types";

interface PickerProps {
  /** Set by antd's form. */
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
}

/** Chooses the union that a member moves on to, which may lie anywhere. */
export function ReceivingUnionPicker({ id, value, onChange }: PickerProps) {
  const [typed, type] = useState("");
  const q = typed.trim();
  const found = useQuery({
    queryKey: ["receiving-unions", q],
    queryFn: ({ signal }) => get<ReceivingUnion[]>("/transfers/receiving-unions", { q }, signal),
    enabled: q.length >= 2,
    placeholderData: (before) => before,
  });
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      placeholder="输入工会名称或代码，至少两个字"
      showSearch={{ filterOption: false, searchValue: typed, onSearch: type }}
      loading={found.isFetching}
      notFoundContent={q.length < 2 ? "请至少输入两个字" : found.isFetching ? "正在查找…" : "没有找到这个工会"}
      options={found.data?.map((row) => ({
        value: row.id,
        label: row.upper ? `${row.name}（${row.upper}）` : row.name,
      }))}
    />
  );
}

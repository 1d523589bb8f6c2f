import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { get } from "../../client/http";
import type { Employer, Page } from "../../client/types";
import { nothingFound } from "../parts/nothing-found";

interface Props {
  /** Set by antd's form. */
  id?: string;
  value?: string | null;
  onChange?: (id: string | null) => void;
  /** The name of the one that is chosen at first. */
  named?: string;
}

/** Chooses an employer by what is typed of its name or credit code. */
export function EmployerPicker({ id, value, onChange, named }: Props) {
  const [typed, type] = useState("");
  const found = useQuery({
    queryKey: ["/employers", "picker", typed],
    queryFn: () => get<Page<Employer>>("/employers", { q: typed || undefined, limit: 20 }),
  });
  const rows = (found.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }));
  const options =
    value && named && !rows.some((row) => row.value === value) ? [{ value, label: named }, ...rows] : rows;
  return (
    <Select
      id={id}
      value={value ?? undefined}
      onChange={(chosen) => onChange?.(chosen ?? null)}
      options={options}
      loading={found.isFetching}
      allowClear
      showSearch={{ filterOption: false, onSearch: type }}
      placeholder="输入单位名称查找"
      notFoundContent={nothingFound(found, "没有找到")}
    />
  );
}

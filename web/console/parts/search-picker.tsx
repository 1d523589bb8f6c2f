import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";

/** What antd's form sets. */
export interface PickerProps {
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
}

interface SearchPickerProps extends PickerProps {
  /** Of what one is chosen: the query's key. */
  of: string;
  /** Finds by at least two characters. */
  find: (q: string, signal: AbortSignal) => Promise<{ value: string; label: string }[]>;
  placeholder: string;
  /** What to say when nothing is found. */
  none: string;
}

/** Chooses one of many by what is typed of it. */
export function SearchPicker({ of, find, placeholder, none, ...field }: SearchPickerProps) {
  const [typed, type] = useState("");
  const q = typed.trim();
  const found = useQuery({
    queryKey: [of, q],
    queryFn: ({ signal }) => find(q, signal),
    enabled: q.length > 1,
    placeholderData: (before) => before,
  });
  return (
    <Select
      {...field}
      placeholder={placeholder}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: type }}
      loading={found.isFetching}
      notFoundContent={q.length < 2 ? "请输入至少两个字" : found.isFetching ? "正在查找…" : none}
      options={found.data}
    />
  );
}

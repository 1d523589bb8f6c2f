import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useEffect, useState } from "react";
import { nothingFound } from "./nothing-found";

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

/** So long typing rests before anything is asked, in milliseconds: a part of a number may read as another one that nobody
 * has, and searches for those are counted. */
const REST = 400;

/** Chooses one of many by what is typed of it. */
export function SearchPicker({ of, find, placeholder, none, ...field }: SearchPickerProps) {
  const [typed, type] = useState("");
  const [q, seek] = useState("");
  const text = typed.trim();
  useEffect(() => {
    const timer = setTimeout(() => seek(text), REST);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: [of, q],
    queryFn: ({ signal }) => find(q, signal),
    enabled: q.length > 1,
  });
  // What other words found is not offered for these: Enter would choose it.
  const waits = found.isFetching || q !== text;
  return (
    <Select
      {...field}
      placeholder={placeholder}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: type }}
      loading={waits}
      notFoundContent={text.length < 2 ? "请输入至少两个字" : nothingFound({ ...found, isFetching: waits }, none)}
      options={waits ? [] : found.data}
    />
  );
}

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { nothingFound } from "./nothing-found";
import { One, type PickerProps } from "./sought";

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
  const sought = {
    text: typed,
    type,
    busy: waits,
    rows: waits ? [] : (found.data ?? []),
    nothing: (words: string) =>
      text.length < 2 ? "请输入至少两个字" : nothingFound({ ...found, isFetching: waits }, words),
  };
  return <One {...field} sought={sought} placeholder={placeholder} none={none} />;
}

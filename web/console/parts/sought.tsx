import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { get, type Query } from "../../client/http";
import type { Page } from "../../client/types";
import { nothingFound } from "./nothing-found";

/** What has a name. */
export interface Named {
  id: string;
  name: string;
}

/** Rows of a list, sought by what is typed of them on the server: a city has thousands. */
export function useSought(path: string, asked: Query, enabled = true) {
  const [text, type] = useState("");
  const found = useQuery({
    queryKey: [path, "choice", asked, text],
    queryFn: ({ signal }) => get<Page<Named>>(path, { ...asked, q: text.trim(), limit: 50 }, signal),
    enabled,
  });
  return {
    text,
    type,
    busy: found.isFetching,
    rows: found.data?.items ?? [],
    nothing: (none: string) => nothingFound(found, none),
  };
}

/** What antd's form sets, and the names of those that are chosen without being sought. */
export interface ManyProps {
  id?: string;
  value?: string[];
  onChange?: (ids: string[]) => void;
  known: Named[];
}

interface SoughtProps extends ManyProps {
  sought: ReturnType<typeof useSought>;
  placeholder: string;
  /** What to say when nothing is found. */
  none: string;
  most: number;
}

/** Chooses some of what is sought; the chosen ones keep their names. */
export function Many({ id, value, onChange, known, sought, placeholder, none, most }: SoughtProps) {
  const { text, type, busy, rows, nothing } = sought;
  const [seen, see] = useState(new Map<string, string>());
  const names = new Map([...known.map((one): [string, string] => [one.id, one.name]), ...seen]);
  const chosen = (value ?? []).filter((one) => !rows.some((row) => row.id === one));
  return (
    <Select
      id={id}
      mode="multiple"
      placeholder={placeholder}
      value={value}
      onChange={(ids: string[]) => {
        see(new Map([...seen, ...rows.map((row): [string, string] => [row.id, row.name])]));
        onChange?.(ids);
      }}
      showSearch={{ filterOption: false, searchValue: text, onSearch: type }}
      loading={busy}
      notFoundContent={nothing(none)}
      maxCount={most}
      options={[
        ...rows.map((row) => ({ value: row.id, label: row.name })),
        ...(text === "" ? chosen : []).map((one) => ({ value: one, label: names.get(one) ?? one })),
      ]}
      labelRender={({ value: one, label }) => names.get(String(one)) ?? label ?? one}
    />
  );
}

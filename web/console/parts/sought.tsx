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

/** What is typed to find something, and what was found of it. */
export interface Seeking<T> {
  text: string;
  type: (text: string) => void;
  busy: boolean;
  rows: T[];
  /** What to say when nothing is found: why, if nothing could be looked for. */
  nothing: (none: string) => string;
}

/** Rows of a list, sought by what is typed of them on the server: a city has thousands. */
export function useSought<T = Named>(path: string, asked: Query, enabled = true): Seeking<T> {
  const [text, type] = useState("");
  const found = useQuery({
    queryKey: [path, "choice", asked, text],
    queryFn: ({ signal }) => get<Page<T>>(path, { ...asked, q: text.trim(), limit: 50 }, signal),
    enabled,
  });
  return {
    text,
    type,
    busy: found.isFetching,
    rows: found.data?.items ?? [],
    nothing: (none) => nothingFound(found, none),
  };
}

/** What antd's form sets. */
export interface PickerProps {
  id?: string;
  value?: string | null;
  onChange?: (id?: string) => void;
}

interface Choice {
  value: string;
  label: string;
}

interface OneProps extends PickerProps {
  sought: Seeking<Choice>;
  placeholder: string;
  /** What to say when nothing is found. */
  none: string;
  /** For a filter, which has no label beside it. */
  label?: string;
  /** Whether nothing may be chosen. */
  open?: boolean;
  /** The name of the one that is chosen without being sought here, as by a page that was sent. */
  known?: string;
}

/** Chooses one of what is sought; the chosen one keeps its name while other words are typed. */
export function One({ value, onChange, sought, placeholder, none, label, open, known, id }: OneProps) {
  const { text, type, busy, rows, nothing } = sought;
  const [seen, see] = useState<Choice>();
  const name = seen && seen.value === value ? seen.label : known;
  const isHidden = text === "" && value && name && rows.every((one) => one.value !== value);
  return (
    <Select
      id={id}
      aria-label={label}
      className={label && "filter"}
      allowClear={open}
      placeholder={label ?? placeholder}
      value={value ?? undefined}
      onChange={(next?: string) => {
        see(rows.find((one) => one.value === next));
        onChange?.(next);
      }}
      showSearch={{ filterOption: false, searchValue: text, onSearch: type }}
      loading={busy}
      notFoundContent={nothing(none)}
      options={isHidden ? [...rows, { value, label: name }] : rows}
    />
  );
}

/** What antd's form sets, and the names of those that are chosen without being sought. */
export interface ManyProps {
  id?: string;
  value?: string[];
  onChange?: (ids: string[]) => void;
  known: Named[];
}

interface SoughtProps extends ManyProps {
  sought: Seeking<Named>;
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

import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { get } from "../../client/http";
import type { BenefitPartner, Page } from "../../client/types";

/** Places that redeem, sought by name or code on the server: a city has thousands. */
function useSought(organisation?: string) {
  const [text, type] = useState("");
  const found = useQuery({
    queryKey: ["/benefit-partners", "choice", organisation, text],
    queryFn: ({ signal }) =>
      get<Page<BenefitPartner>>("/benefit-partners", { organisation, active: true, q: text.trim(), limit: 50 }, signal),
    placeholderData: (before) => before,
    enabled: organisation !== "",
  });
  return { text, type, found, rows: found.data?.items ?? [] };
}

const none = (busy: boolean) => (busy ? "正在查找…" : "没有符合的核销点，请先在“核销点”登记");

interface PlacesProps {
  id?: string;
  value?: string[];
  onChange?: (ids: string[]) => void;
  known: { id: string; name: string }[];
}

/** Places of redemption, found by name or code; the chosen ones keep their names. */
export function Places({ id, value, onChange, known }: PlacesProps) {
  const { text, type, found, rows } = useSought();
  const [seen, see] = useState(new Map(known.map((one) => [one.id, one.name])));
  const chosen = (value ?? []).filter((one) => !rows.some((row) => row.id === one));
  return (
    <Select
      id={id}
      mode="multiple"
      placeholder="输入驿站、餐厅等核销点名称查找"
      value={value}
      onChange={(ids: string[]) => {
        see(new Map([...seen, ...rows.map((row): [string, string] => [row.id, row.name])]));
        onChange?.(ids);
      }}
      showSearch={{ filterOption: false, searchValue: text, onSearch: type }}
      loading={found.isFetching}
      notFoundContent={none(found.isFetching)}
      maxCount={500}
      options={[
        ...rows.map((row) => ({ value: row.id, label: row.name })),
        ...(text === "" ? chosen : []).map((one) => ({ value: one, label: seen.get(one) ?? one })),
      ]}
    />
  );
}

interface PlaceProps {
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
  /** Of this union and those below it. */
  organisation: string;
}

/** One place of redemption, found by name or code; the chosen one keeps its name. */
export function Place({ id, value, onChange, organisation }: PlaceProps) {
  const { text, type, found, rows } = useSought(organisation);
  const [chosen, choose] = useState<{ value: string; label: string }>();
  const options = rows.map((row) => ({ value: row.id, label: row.name }));
  const isHidden = text === "" && chosen?.value === value && options.every((one) => one.value !== value);
  return (
    <Select
      id={id}
      placeholder="输入驿站、餐厅等核销点名称查找"
      value={value}
      onChange={(next: string) => {
        choose(options.find((one) => one.value === next));
        onChange?.(next);
      }}
      showSearch={{ filterOption: false, searchValue: text, onSearch: type }}
      loading={found.isFetching}
      notFoundContent={none(found.isFetching)}
      options={isHidden && chosen ? [...options, chosen] : options}
    />
  );
}

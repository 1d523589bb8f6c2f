import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { get } from "../../client/http";
import type { BenefitPartner, Page } from "../../client/types";

interface PlacesProps {
  id?: string;
  value?: string[];
  onChange?: (ids: string[]) => void;
  known: { id: string; name: string }[];
}

/** Places of redemption, found by name or code; the chosen ones keep their names. */
export function Places({ id, value, onChange, known }: PlacesProps) {
  const [text, type] = useState("");
  const [seen, see] = useState(new Map(known.map((one) => [one.id, one.name])));
  const found = useQuery({
    queryKey: ["/benefit-partners", "choice", text],
    queryFn: ({ signal }) =>
      get<Page<BenefitPartner>>("/benefit-partners", { active: true, q: text.trim(), limit: 50 }, signal),
    placeholderData: (before) => before,
  });
  const rows = found.data?.items ?? [];
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
      notFoundContent={found.isFetching ? "正在查找…" : "没有符合的核销点，请先在“核销点”登记"}
      maxCount={500}
      options={[
        ...rows.map((row) => ({ value: row.id, label: row.name })),
        ...(text === "" ? chosen : []).map((one) => ({ value: one, label: seen.get(one) ?? one })),
      ]}
    />
  );
}

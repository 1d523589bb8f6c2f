import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { TreeSelect } from "antd";
import { useState } from "react";
import { get } from "../../client/http";
import type { OrganisationRow, Page } from "../../client/types";
import { useSession } from "../session";
import { nothingFound } from "./nothing-found";
import { childrenOf, useOrganisationName } from "./organisation";

interface PickerProps {
  /** Set by antd's form. */
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
  /** A word for those who don't see the page; not needed in a form item with a label. */
  label?: string;
  allowClear?: boolean;
  className?: string;
  /** Whether it begins with its list open and the keyboard in it. */
  isOpened?: boolean;
  variant?: "outlined" | "borderless" | "filled";
}

interface Node {
  id: string;
  pId?: string;
  value: string;
  title: string;
  isLeaf: boolean;
}

/** Chooses one organisation of one's scope: down the tree step by step, or by name or code. */
export function OrganisationPicker({ value, onChange, label, allowClear, isOpened, ...rest }: PickerProps) {
  const session = useSession().data;
  const client = useQueryClient();
  const [opened, open] = useState<string[]>([]);
  const [typed, setTyped] = useState("");
  const name = useOrganisationName(value ?? "");
  // Asked for like all else that pages show: a union that is founded below one of them is there at once.
  const below = useQueries({ queries: opened.map(childrenOf) });
  const found = useQuery({
    queryKey: ["organisation-search", typed],
    queryFn: ({ signal }) => get<Page<OrganisationRow>>("/organisations", { q: typed, limit: 20 }, signal),
    enabled: typed.trim() !== "",
    staleTime: 60_000,
  });
  const tops = (session?.organisations ?? []).map((place) => node({ ...place, child_count: 1 }));
  const searched = (found.data?.items ?? []).map((row) => ({ ...node(row), isLeaf: true }));
  const nodes =
    typed.trim() === ""
      ? [...tops, ...below.flatMap((one, at) => (one.data ?? []).map((row) => node(row, opened[at])))]
      : searched;
  return (
    <TreeSelect
      {...rest}
      autoFocus={isOpened}
      defaultOpen={isOpened}
      aria-label={label}
      showSearch={{ searchValue: typed, onSearch: setTyped, filterTreeNode: false }}
      placeholder={label ?? "名称或代码"}
      allowClear={allowClear}
      popupMatchSelectWidth={320}
      treeDataSimpleMode
      treeDefaultExpandedKeys={tops.map((one) => one.id)}
      treeData={nodes}
      value={value ? { value, label: nodes.find((one) => one.value === value)?.title ?? name } : undefined}
      labelInValue
      onChange={(chosen) => {
        setTyped("");
        onChange?.((chosen as { value: string } | undefined)?.value ?? "");
      }}
      loadData={async (parent) => {
        const id = String(parent.value);
        await client.ensureQueryData(childrenOf(id));
        open((before) => (before.includes(id) ? before : [...before, id]));
      }}
      notFoundContent={nothingFound(found, "没有符合的组织")}
    />
  );
}

function node(row: { id: string; name: string; child_count: number }, parent?: string): Node {
  return { id: row.id, pId: parent, value: row.id, title: row.name, isLeaf: row.child_count === 0 };
}

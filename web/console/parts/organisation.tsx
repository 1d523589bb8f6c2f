import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { TreeSelect } from "antd";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { get } from "../../client/http";
import { Problem } from "../../client/problem";
import type { OrganisationDetail, OrganisationRow, Page } from "../../client/types";
import { kept, store } from "../../shared/store";
import { useMay, useSession } from "../session";
import { nothingFound } from "./nothing-found";

const KEPT = "niangjia.organisation";

/**
 * The organisation that the pages show: the address names it, else the one that was last chosen in this window, else
 * the first of one's scope. Choosing writes it to the address, so that a page can be sent.
 */
export function useOrganisation(): [string, (id: string) => void] {
  const session = useSession().data;
  const [params, setParams] = useSearchParams();
  const named = params.get("organisation");
  useEffect(() => {
    if (named) store(KEPT, named, "sessionStorage");
  }, [named]);
  const id = named ?? kept(KEPT, "sessionStorage") ?? session?.organisations[0]?.id ?? "";
  const choose = (chosen: string) => {
    store(KEPT, chosen, "sessionStorage");
    setParams((before) => {
      const after = new URLSearchParams(before);
      after.set("organisation", chosen);
      return after;
    });
  };
  return [id, choose];
}

const detailOf = (id: string) => ({
  queryKey: ["organisation", id],
  queryFn: () => get<OrganisationDetail>(`/organisations/${id}`),
  staleTime: 300_000,
});

/** Name, level and path of an organisation. */
export function useOrganisationDetail(id: string) {
  return useQuery({ ...detailOf(id), enabled: id !== "" });
}

/** Whether one may change what is everyone's: the server lets whoever holds the permission at the top of the tree. */
export function useMayForAll(permission: string): boolean {
  const may = useMay()(permission);
  const own = useSession().data?.organisations ?? [];
  const details = useQueries({ queries: may ? own.map(({ id }) => detailOf(id)) : [] });
  // Where nobody tells, the server's own refusal says more than a button that is missing.
  return details.some(({ data, isError }) => isError || data?.path.length === 1);
}

/** Those directly below an organisation. */
export const childrenOf = (id: string) => ({
  queryKey: ["organisation-children", id],
  queryFn: () => get<OrganisationRow[]>("/organisations/tree", { root: id }),
  staleTime: 60_000,
});

interface PickerProps {
  /** Set by antd's form. */
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
  /** A word for those who don't see the page; not needed in a form item with a label. */
  label?: string;
  allowClear?: boolean;
  className?: string;
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
export function OrganisationPicker({ value, onChange, label, allowClear, ...rest }: PickerProps) {
  const session = useSession().data;
  const client = useQueryClient();
  const [opened, open] = useState<string[]>([]);
  const [typed, setTyped] = useState("");
  const shown = useOrganisationDetail(value ?? "");
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
  const name = shown.data?.name;
  return (
    <TreeSelect
      {...rest}
      aria-label={label}
      showSearch={{ searchValue: typed, onSearch: setTyped, filterTreeNode: false }}
      placeholder={label ?? "名称或代码"}
      allowClear={allowClear}
      popupMatchSelectWidth={320}
      treeDataSimpleMode
      treeDefaultExpandedKeys={tops.map((one) => one.id)}
      treeData={nodes}
      value={
        value
          ? {
              value,
              label:
                nodes.find((one) => one.value === value)?.title ?? name ?? (isUnseen(shown) ? "看不到的组织" : "…"),
            }
          : undefined
      }
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

/** Whether an organisation was asked for that the officer does not see. */
const isUnseen = ({ error }: { error: unknown }) => error instanceof Problem && error.status === 404;

/** The choice of the organisation that all pages show. */
export function OrganisationSwitcher() {
  const [id, choose] = useOrganisation();
  const [params] = useSearchParams();
  const first = useSession().data?.organisations[0]?.id;
  const unseen = isUnseen(useOrganisationDetail(id));
  const isNamed = params.has("organisation");
  // One that was moved out of sight is refused where it is named; no other page shows it after that.
  useEffect(() => {
    if (!unseen) return;
    store(KEPT, undefined, "sessionStorage");
    if (!isNamed && first && first !== id) choose(first);
  }, [unseen, isNamed, first, id, choose]);
  return <OrganisationPicker className="switcher" variant="filled" label="切换组织" value={id} onChange={choose} />;
}

import { useQueries, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { get } from "../../client/http";
import { Problem } from "../../client/problem";
import type { OrganisationDetail, OrganisationRow } from "../../client/types";
import { kept, store } from "../../shared/store";
import { useMay, useSession } from "../session";

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

/** The shown organisation where it keeps members itself; above grassroots unions there is none, and one is to be chosen. */
export function useOwnUnion(): string | undefined {
  const [id] = useOrganisation();
  return useOrganisationDetail(id).data?.level === "grassroots" ? id : undefined;
}

/** Whether an organisation was asked for that the officer does not see. */
const isUnseen = ({ error }: { error: unknown }) => error instanceof Problem && error.status === 404;

/** What an organisation is called where it is shown. */
export function useOrganisationName(id: string): string {
  const shown = useOrganisationDetail(id);
  return shown.data?.name ?? (isUnseen(shown) ? "看不到的组织" : "…");
}

/**
 * Forgets the chosen organisation once it was moved out of the officer's sight. A page whose address names it is refused and says
 * so; none that is opened after that shows it, but the first of his own.
 */
export function useForgetUnseen() {
  const [id, choose] = useOrganisation();
  const [params] = useSearchParams();
  const first = useSession().data?.organisations[0]?.id;
  const unseen = isUnseen(useOrganisationDetail(id));
  const isNamed = params.has("organisation");
  useEffect(() => {
    if (!unseen) return;
    store(KEPT, undefined, "sessionStorage");
    if (!isNamed && first && first !== id) choose(first);
  }, [unseen, isNamed, first, id, choose]);
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

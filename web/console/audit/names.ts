import { useQueries } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { AuditRow, OrganisationDetail } from "../../client/types";
import { coded } from "./codes";
import type { Says } from "./words";

/** The keys that hold a union's key. What else entries name whoever reads the audit may not look up. */
const UNIONS = ["organisation", "organisation_id", "parent_id", "of", "into", "to", "union", "unions"];

/** Lists of codes with their words, and the keys that hold one of these codes. */
const LISTS = [
  { path: "/fact-kinds", keys: ["kind", "kinds", "fact_kind", "counted"] },
  { path: "/worker-groups", keys: ["group", "groups", "code"] },
  { path: "/benefit-kinds", keys: ["code"] },
  { path: "/station-catalogue", keys: ["service", "item", "code"] },
  { path: "/audit/actions", keys: ["action"] },
];

interface Coded {
  code: string;
  label: string;
}

type Leaf = [key: string, text: string];

/** All that an entry tells as text, each with the key that it stands under. */
export function leaves(value: unknown, key = ""): Leaf[] {
  if (typeof value === "string") return [[key, value]];
  if (Array.isArray(value)) return value.flatMap((one) => leaves(one, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => leaves(one, key));
}

const isUnion = ([key, text]: Leaf) => UNIONS.includes(key) && /^\d+$/.test(text);

/** What an entry's keys and codes stand for, as far as the page can know it. */
export function useNames(row: Pick<AuditRow, "action" | "detail">): Says {
  const told = leaves(row.detail);
  const ids = [...new Set(told.filter(isUnion).map(([, id]) => id))];
  const lists = LISTS.filter(({ keys }) => told.some(([key]) => keys.includes(key)));
  const unions = useQueries({
    queries: ids.map((id) => ({
      queryKey: ["organisation", id],
      queryFn: () => get<OrganisationDetail>(`/organisations/${id}`),
      staleTime: 300_000,
    })),
  });
  const words = useQueries({
    queries: lists.map(({ path }) => ({ queryKey: [path], queryFn: () => get<Coded[]>(path), staleTime: 300_000 })),
  });
  const about = row.action.startsWith("exports.") ? row.detail?.kind : row.action.split(".")[0];
  return (key, text) => {
    if (isUnion([key, text])) return unions[ids.indexOf(text)]?.data?.name;
    const listed = lists.flatMap(({ keys }, at) => (keys.includes(key) ? (words[at]?.data ?? []) : []));
    return coded(String(about), key, text) ?? listed.find(({ code }) => code === text)?.label;
  };
}

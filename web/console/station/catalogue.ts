import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { StationCatalogueEntry } from "../../client/types";

/** The catalogue of equipment, services and daily checks. */
export function useCatalogue() {
  return useQuery({
    queryKey: ["/station-catalogue"],
    queryFn: () => get<StationCatalogueEntry[]>("/station-catalogue"),
    staleTime: 60_000,
  });
}

/** Its entries of a kind as options; one that is no longer offered stays for those who have it. */
export function optionsOf(entries: StationCatalogueEntry[], kind: StationCatalogueEntry["kind"], held: string[] = []) {
  return entries
    .filter((entry) => entry.kind === kind && (entry.offered || held.includes(entry.code)))
    .map((entry) => ({ value: entry.code, label: entry.label }));
}

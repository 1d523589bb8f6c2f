import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { StationPosition } from "../../client/types";
import type { Spot } from "../../shared/map/spot";
import type { SYSTEMS } from "./words";

export type System = keyof typeof SYSTEMS;

/** To a decimetre: nearer nobody hits a map. */
const near = (degrees: number) => Math.round(degrees * 1_000_000) / 1_000_000;

/** A place in the numbers of another system, as the server reckons it; in its own there is nothing to ask. */
export function useConverted(at: Spot | undefined, system: System, show: System) {
  const asks = at !== undefined && system !== show;
  const asked = useQuery({
    queryKey: ["/stations/position", at, system, show],
    queryFn: ({ signal }) => get<StationPosition>("/stations/position", { ...at, system, show }, signal),
    enabled: asks,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const found = asks ? asked.data : at;
  return {
    at: found && { longitude: near(found.longitude), latitude: near(found.latitude) },
    isAsking: asks && !asked.data && !asked.isError,
    problem: asks ? asked.error : null,
    again: () => asked.refetch(),
  };
}

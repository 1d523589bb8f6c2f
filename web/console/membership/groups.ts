import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { WorkerGroup } from "../../client/types";

/** The worker groups, as a select takes them. */
export function useGroupOptions() {
  const groups = useQuery({
    queryKey: ["/worker-groups"],
    queryFn: () => get<WorkerGroup[]>("/worker-groups"),
    staleTime: 300_000,
  });
  return (groups.data ?? []).map((group) => ({ value: group.code, label: group.label }));
}

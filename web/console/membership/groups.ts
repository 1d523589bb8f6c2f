import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { WorkerGroup } from "../../client/types";

const option = (group: WorkerGroup) => ({ value: group.code, label: group.label });

function useGroups(): WorkerGroup[] {
  const groups = useQuery({
    queryKey: ["/worker-groups"],
    queryFn: () => get<WorkerGroup[]>("/worker-groups"),
    staleTime: 300_000,
  });
  return groups.data ?? [];
}

/** The worker groups, as a select takes them: also those that are offered no more, under which something was recorded. */
export const useGroupOptions = () => useGroups().map(option);

/** Those under which something new is recorded. */
export const useOfferedGroups = () =>
  useGroups()
    .filter((group) => group.offered)
    .map(option);

import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { FactKind } from "../../client/types";

/** The kinds of fact that the programmes declare; none while they are not known yet. */
export const useFactKinds = () =>
  useQuery({ queryKey: ["fact-kinds"], queryFn: () => get<FactKind[]>("/fact-kinds"), staleTime: Infinity }).data ?? [];

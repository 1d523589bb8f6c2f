import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { BenefitKind } from "../../client/types";

/** The kinds of benefits. */
export function useKinds() {
  const kinds = useQuery({
    queryKey: ["/benefit-kinds"],
    queryFn: () => get<BenefitKind[]>("/benefit-kinds"),
    staleTime: 300_000,
  });
  return kinds.data ?? [];
}

/** Those that are offered for choice, as a select takes them. */
export const useKindOptions = () =>
  useKinds()
    .filter((kind) => kind.offered)
    .map((kind) => ({ value: kind.code, label: kind.label }));

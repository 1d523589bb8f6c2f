import { useQuery } from "@tanstack/react-query";
import { every } from "../../client/every";
import type { PlatformCompany } from "../../client/types";

/** The platform companies, to choose one from. */
export function usePlatformOptions(enabled = true) {
  const list = useQuery({
    enabled,
    queryKey: ["/platforms", "all"],
    queryFn: () => every<PlatformCompany>("/platforms", {}),
  });
  return (list.data ?? []).map((company) => ({ value: company.id, label: company.name }));
}

import type { QueryKey } from "@tanstack/react-query";

/** What was asked at an address that begins with one of these paths, whatever was sought there. */
export const asked = (...paths: string[]) => ({
  predicate: ({ queryKey }: { queryKey: QueryKey }) =>
    paths.some((begins) => String(queryKey[1] ?? "").startsWith(begins)),
});

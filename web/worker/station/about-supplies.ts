import type { QueryKey } from "@tanstack/react-query";

/** All that was asked about a station's medicine and goods: what is there, and what came and went. */
export const about = (station: string) => ({
  predicate: ({ queryKey }: { queryKey: QueryKey }) =>
    String(queryKey[1] ?? "").startsWith(`/me/stations/${station}/suppl`),
});

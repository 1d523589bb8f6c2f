import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { EventView, Page } from "../../client/types";
import { useMay } from "../session";

/** The last enrolment events, as a select takes them. */
export function useEventOptions(wanted: boolean) {
  const may = useMay()("membership.view_events");
  const events = useQuery({
    queryKey: ["/events", "choice"],
    queryFn: () => get<Page<EventView>>("/events", { limit: 50 }),
    enabled: wanted && may,
    staleTime: 60_000,
  });
  return (events.data?.items ?? []).map((event) => ({ value: event.id, label: event.title }));
}

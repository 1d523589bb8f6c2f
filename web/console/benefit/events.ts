import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { EventView, Page } from "../../client/types";
import { useMay } from "../session";

/**
 * The last enrolment events, as a select takes them. The one that is chosen is among them, though it is older or who asks may not
 * see events: its number would tell nobody anything.
 */
export function useEventOptions(wanted: boolean, chosen?: string | null) {
  const may = useMay()("membership.view_events");
  const events = useQuery({
    queryKey: ["/events", "choice"],
    queryFn: () => get<Page<EventView>>("/events", { limit: 50 }),
    enabled: wanted && may,
    staleTime: 60_000,
  });
  const options = (events.data?.items ?? []).map((event) => ({ value: event.id, label: event.title }));
  const isHidden = chosen && options.every((one) => one.value !== chosen);
  return isHidden ? [...options, { value: chosen, label: "已选的活动" }] : options;
}

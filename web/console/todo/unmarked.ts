import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { StationConsultation, Waiting } from "../../client/types";
import { useMay } from "../session";

/** Whoever booked the officer himself and was not marked: it is counted nowhere until he says whether he came. */
export function useUnmarked() {
  const may = useMay()("station.advise");
  const unmarked = useQuery({
    queryKey: ["/station-consultations", "unmarked"],
    queryFn: () => get<StationConsultation[]>("/station-consultations", { unmarked: true }),
    enabled: may,
  });
  const row: Waiting = {
    code: "station.unmarked",
    label: "过了时间还没登记到没到的咨询",
    count: unmarked.data?.length ?? 0,
    path: "/station-consultations?unmarked=true",
  };
  return { row, error: unmarked.error, isLoading: unmarked.isLoading };
}

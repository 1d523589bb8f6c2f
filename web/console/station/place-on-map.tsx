import { useQuery } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { NearStation, StationView } from "../../client/types";
import { useStationMap } from "./use-station-map";

/** How many others are shown at most, and how far away, in metres. */
const MOST = 6;
const WITHIN = 5_000;

const CANNOT = "这个浏览器画不了地图，请用经纬度在地图软件里查看。";

/** A station on a map, with those that serve near it. */
export function PlaceOnMap({ of, at }: { of: StationView; at: NonNullable<StationView["position"]> }) {
  const { StationMap, ground, instead } = useStationMap(() => import("./place-map"), CANNOT);
  const { longitude, latitude } = at;
  const asked = useQuery({
    queryKey: ["/public/stations/nearest", longitude, latitude],
    queryFn: ({ signal }) =>
      // It is one of them itself while it serves.
      get<NearStation[]>("/public/stations/nearest", { longitude, latitude, within: WITHIN, limit: MOST + 1 }, signal),
  });
  if (instead) return instead;
  if (!StationMap || !ground || asked.isPending) return <p role="status">正在打开地图…</p>;
  const others = asked.data?.filter(({ id }) => id !== of.id).slice(0, MOST);
  return <StationMap {...ground} name={of.name} from={at} others={others} />;
}

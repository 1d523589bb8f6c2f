import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { type ComponentType, type ReactNode, useEffect, useRef } from "react";
import { get } from "../../client/http";
import type { DivisionOutlines, FoundPlaces } from "../../client/types";
import type { Ground } from "../../shared/map/ground";
import { useDrawn } from "../../shared/map/use-drawn";
import { ProblemNotice } from "../parts/problem-notice";

/** What each of the console's maps of a station is given. */
export interface StationMapProps extends Ground {
  /** This browser can't draw it after all. */
  failed: () => void;
}

/** What lies below, as workers' phones have it. */
function useBelow() {
  const places = useQuery({
    queryKey: ["/public/stations/places"],
    queryFn: ({ signal }) => get<FoundPlaces>("/public/stations/places", {}, signal),
    staleTime: 600_000,
  });
  const outlines = useQuery({
    queryKey: ["/public/stations/outlines"],
    queryFn: ({ signal }) => get<DivisionOutlines>("/public/stations/outlines", {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const below = places.data &&
    outlines.data && {
      districts: places.data.places,
      tiles: places.data.map ?? undefined,
      outlines: outlines.data,
    };
  const again = () => {
    for (const asked of [places, outlines]) if (asked.isError) asked.refetch();
  };
  return { below, problem: places.error ?? outlines.error, again };
}

/**
 * A map that opens with what it stands in, its program fetched only then. `ground` is there once it can be drawn; until then
 * `instead` stands in its place. `cannot` is said where the browser draws none.
 */
export function useStationMap<P extends StationMapProps>(
  fetch: () => Promise<{ default: ComponentType<P> }>,
  cannot: string,
) {
  const { Drawn, why, open, fail } = useDrawn(fetch, { cannot, lost: "地图没有加载出来，请检查网络。" });
  const { below, problem, again } = useBelow();
  const start = useRef(open);
  useEffect(() => {
    start.current();
  }, []);
  let instead: ReactNode;
  if (why) {
    const retry = why !== cannot && (
      <Button size="small" onClick={open}>
        再试一次
      </Button>
    );
    instead = <Alert className="notice" role="alert" type="warning" showIcon title={why} action={retry} />;
  } else if (!below && problem) instead = <ProblemNotice problem={problem} again={again} />;
  else if (!below || !Drawn) instead = <p role="status">正在打开地图…</p>;
  return { StationMap: Drawn, ground: below && Drawn && { ...below, failed: fail }, instead };
}

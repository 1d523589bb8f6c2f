import type { Map as Ground } from "maplibre-gl";
import { useEffect, useState } from "react";
import type { NearStation } from "../../client/types";
import { far } from "../../shared/map/distance";
import { type Ground as Below, saysOf } from "../../shared/map/ground";
import { Pin } from "../../shared/map/pin";
import { around, useGround } from "../../shared/map/use-ground";
import type { From } from "./position";

export interface StationMapProps extends Below {
  from: From;
  stations: NearStation[];
  /** The station that is looked at. */
  chosen?: string;
  choose: (id: string) => void;
  /** This device can't draw it after all. */
  failed: () => void;
}

/** How many of the nearest are to be seen at first. */
const FIRST = 8;

/** Stations around one on a map that can be moved by finger, mouse and keyboard. Pins carry the list's numbers. */
export default function StationMap({ stations, chosen, choose, failed, ...below }: StationMapProps) {
  const { from, tiles, outlines } = below;
  const [first] = useState(() => around([from, ...stations.slice(0, FIRST).map((station) => station.position)]));
  const { place, map, isBroken } = useGround(below, first, failed);
  const hidden = useHidden(map, stations);
  const reach = (station: NearStation) => {
    const spot: [number, number] = [station.position.longitude, station.position.latitude];
    if (map && !map.getBounds().contains(spot)) map.panTo(spot);
  };
  return (
    <figure className="station-map">
      {/* biome-ignore lint/a11y/useSemanticElements: a map is no set of fields */}
      <div ref={place} className="station-map-ground" role="group" aria-label={`${from.name}周边驿站地图`}>
        {map && (
          <>
            <Pin map={map} at={from} rank={0}>
              <span className="me" role="img" aria-label={from.name} />
            </Pin>
            {stations.map((station, at) => (
              <Pin
                key={station.id}
                map={map}
                at={station.position}
                rank={station.id === chosen ? stations.length + 1 : stations.length - at}
              >
                <button
                  type="button"
                  className={station.now.open ? "pin open" : "pin"}
                  aria-label={`${at + 1}号：${station.name}，${far(station.metres)}，${station.now.text}`}
                  aria-pressed={station.id === chosen}
                  onClick={() => choose(station.id)}
                  onFocus={() => reach(station)}
                >
                  <span>{at + 1}</span>
                </button>
              </Pin>
            ))}
          </>
        )}
      </div>
      <figcaption className="quiet small">
        绿色为开放中，号码与列表一致。{hidden > 0 && `另有 ${hidden} 个在图外，请缩小或拖动查看。`}
        {tiles && saysOf(tiles, isBroken)}
        {!tiles && (outlines?.features.length ? "示意图，界线不作划界依据。" : "示意图，没有道路。")}
      </figcaption>
    </figure>
  );
}

/** How many of the stations the map doesn't show where it stands now. */
function useHidden(map: Ground | undefined, stations: NearStation[]): number {
  const [hidden, count] = useState(0);
  useEffect(() => {
    if (!map) return;
    const look = () => {
      const seen = map.getBounds();
      count(stations.filter(({ position }) => !seen.contains([position.longitude, position.latitude])).length);
    };
    look();
    map.on("moveend", look);
    map.on("resize", look);
    return () => {
      map.off("moveend", look);
      map.off("resize", look);
    };
  }, [map, stations]);
  return hidden;
}

import { useState } from "react";
import type { NearStation } from "../../client/types";
import { far } from "../../shared/map/distance";
import "../../shared/map/map.css";
import { Pin } from "../../shared/map/pin";
import type { Spot } from "../../shared/map/spot";
import { around, useGround } from "../../shared/map/use-ground";
import { groundWords } from "./ground-words";
import { useMarker } from "./use-marker";
import type { StationMapProps } from "./use-station-map";

export interface PlaceMapProps extends StationMapProps {
  name: string;
  from: Spot;
  /** Those that serve near it; absent where that could not be told. */
  others?: NearStation[];
}

/** Where a station lies among others, which carry the numbers of the list below. */
export default function PlaceMap({ name, others, failed, ...below }: PlaceMapProps) {
  const { from } = below;
  const [first] = useState(() => around([from, ...(others ?? []).map(({ position }) => position)]));
  const { place, map, isBroken } = useGround(below, first, failed);
  useMarker(map, from, { label: name });
  return (
    <figure className="station-map low">
      {/* biome-ignore lint/a11y/useSemanticElements: a map is no set of fields */}
      <div ref={place} className="station-map-ground" role="group" aria-label={`${name}在地图上`}>
        {map &&
          others?.map((other, at) => (
            <Pin key={other.id} map={map} at={other.position} rank={others.length - at}>
              <span className="pin" role="img" aria-label={`${at + 1}号：${other.name}，${far(other.metres)}`}>
                <span>{at + 1}</span>
              </span>
            </Pin>
          ))}
      </div>
      <figcaption className="quiet">
        {others?.length === 0 && "5 公里内没有其他驿站。"}
        {!others && "附近的驿站没有加载出来。"}
        {groundWords(below, isBroken)}
      </figcaption>
      {others && others.length > 0 && (
        <ol aria-label="附近的驿站">
          {others.map((other) => (
            <li key={other.id}>
              {other.name}，{far(other.metres)}
            </li>
          ))}
        </ol>
      )}
    </figure>
  );
}

import { type ReactNode, useState } from "react";
import "../../shared/map/map.css";
import type { Spot } from "../../shared/map/spot";
import { around, useGround } from "../../shared/map/use-ground";
import { beginning } from "./beginning";
import { groundWords } from "./ground-words";
import { useMarker } from "./use-marker";
import type { StationMapProps } from "./use-station-map";

export interface PickMapProps extends StationMapProps {
  /** Where it is meant to be so far (WGS-84). */
  at?: Spot;
  put: (at: Spot) => void;
  /** Divisions that it may lie in, the likeliest first. */
  divisions: string[];
  /** What stands below it and may ask what lies in its middle. A button of antd's in here would have the home page load its
   * buttons as one file more. */
  children: (middle?: () => Spot) => ReactNode;
}

/** A map on which a place is set: by a press, by dragging its marker, or by arrow keys. */
export default function PickMap({ at, put, divisions, failed, children, ...below }: PickMapProps) {
  const [first] = useState(() => around(beginning({ at, divisions, ...below })));
  // Rings lie around where it was, and tell how far it is moved.
  const [from] = useState(at);
  const { place, map, isBroken } = useGround({ ...below, from }, first, failed);
  useMarker(map, at, { label: "驿站位置：按方向键移动，按住 Shift 移得快", put });
  const middle = () => {
    const { lng = 0, lat = 0 } = map?.getCenter() ?? {};
    return { longitude: lng, latitude: lat };
  };
  return (
    <figure className="station-map low">
      {/* biome-ignore lint/a11y/useSemanticElements: a map is no set of fields */}
      <div ref={place} className="station-map-ground" role="group" aria-label="选位置的地图" />
      <figcaption className="quiet">{groundWords(below, isBroken)}</figcaption>
      {children(map && middle)}
    </figure>
  );
}

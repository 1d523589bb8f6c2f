import { type Map as Ground, Marker } from "maplibre-gl";
import { type ReactNode, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import type { Spot } from "./spot";

interface PinProps {
  map: Ground;
  at: Spot;
  /** Pins of higher rank lie above others. */
  rank: number;
  children: ReactNode;
}

/** Holds what is drawn at a place of the map, wherever the map is moved. */
export function Pin({ map, at: { longitude, latitude }, rank, children }: PinProps) {
  const [place] = useState(() => document.createElement("div"));
  useEffect(() => {
    const marker = new Marker({ element: place }).setLngLat([longitude, latitude]).addTo(map);
    return () => {
      marker.remove();
    };
  }, [map, place, longitude, latitude]);
  useEffect(() => {
    place.style.zIndex = `${rank}`;
  }, [place, rank]);
  return createPortal(children, place);
}

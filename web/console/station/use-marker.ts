import { type Map as Ground, type MapMouseEvent, Marker } from "maplibre-gl";
import { useEffect, useRef } from "react";
import type { Spot } from "../../shared/map/spot";

interface MarkerOptions {
  /** What it says to those who don't see it. */
  label: string;
  /** Takes where it was put by mouse, finger or arrow keys; without it stays where it is. */
  put?: (at: Spot) => void;
}

/** MapLibre's own marker, which arrow keys move once it may be moved. */
export function useMarker(map: Ground | undefined, at: Spot | undefined, { label, put }: MarkerOptions) {
  const made = useRef<Marker>(undefined);
  const told = useRef(put);
  told.current = put;
  const draggable = put !== undefined;
  useEffect(() => {
    if (!map) return;
    const marker = new Marker({ color: "#b3261e", draggable });
    const element = marker.getElement();
    element.setAttribute("aria-label", label);
    // Above the pins of others.
    element.style.zIndex = "100";
    const take = ({ lng, lat }: { lng: number; lat: number }) => told.current?.({ longitude: lng, latitude: lat });
    marker.on("dragend", () => take(marker.getLngLat()));
    const press = ({ lngLat, originalEvent: { target } }: MapMouseEvent) => {
      // Pressed itself it would jump to where its head was.
      if (!(target instanceof Node && element.contains(target))) take(lngLat);
    };
    map.on("click", press);
    made.current = marker;
    return () => {
      map.off("click", press);
      marker.remove();
    };
  }, [map, draggable, label]);
  const { longitude, latitude } = at ?? {};
  useEffect(() => {
    const marker = made.current;
    if (!map || !marker || longitude === undefined || latitude === undefined) return;
    const spot: [number, number] = [longitude, latitude];
    marker.setLngLat(spot);
    // Added a second time it would lose the focus.
    if (!marker.getElement().isConnected) marker.addTo(map);
    if (!map.getBounds().contains(spot)) map.panTo(spot);
  }, [map, longitude, latitude]);
}

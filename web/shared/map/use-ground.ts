import "./young";
import { LngLatBounds, Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Ground, ground, TILES } from "./ground";
// A file of the house's own: the site's policy allows no script out of a blob.
import worker from "./map-worker?worker&url";
import type { Spot } from "./spot";

setWorkerUrl(worker);

/** MapLibre's words. */
const WORDS = {
  "Map.Title": "地图：拖动或按方向键移动，按加号、减号缩放",
  "NavigationControl.ZoomIn": "放大",
  "NavigationControl.ZoomOut": "缩小",
  "ScaleControl.Meters": "米",
  "ScaleControl.Kilometers": "公里",
};

/** The room around what is to be seen at first, in pixels: a pin reaches 22 beyond its place, the buttons 54 from the right. */
const PADDING = { top: 44, right: 80, bottom: 44, left: 44 };

/** What holds all these places. */
export function around(spots: Spot[]): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const { longitude, latitude } of spots) bounds.extend([longitude, latitude]);
  return bounds;
}

/** Draws a map into a place and keeps its ground as told. `map` is there once it can be worked with. */
export function useGround({ from, tiles, outlines, districts }: Ground, first: LngLatBounds, failed: () => void) {
  const place = useRef<HTMLDivElement>(null);
  const [map, tell] = useState<MapLibre>();
  const [isBroken, breakDown] = useState(false);
  const style = useMemo(() => ground({ from, tiles, outlines, districts }), [from, tiles, outlines, districts]);
  const start = useRef({ style, first, failed });
  useEffect(() => {
    const { style, first, failed } = start.current;
    const made = place.current && draw(place.current, style, first);
    if (!made) return failed();
    made.once("style.load", () => tell(made));
    // A listener of its own also keeps what a bad network does out of the console.
    made.on("error", (event) => {
      if ((event as { sourceId?: string }).sourceId?.startsWith(TILES)) breakDown(true);
    });
    return () => made.remove();
  }, []);
  useEffect(() => {
    // What was given at the start is drawn already.
    if (map && style !== start.current.style) map.setStyle(style);
  }, [map, style]);
  return { place, map, isBroken };
}

/** North stays up and the map flat: stations are looked for, not views. Nothing where the device has no WebGL 2. */
function draw(container: HTMLElement, style: ReturnType<typeof ground>, first: LngLatBounds): MapLibre | undefined {
  try {
    const map = new MapLibre({
      container,
      style,
      bounds: first,
      fitBoundsOptions: { padding: PADDING, maxZoom: 16 },
      minZoom: 3,
      maxZoom: 19,
      maxPitch: 0,
      dragRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      attributionControl: false,
      fadeDuration: 0,
      locale: WORDS,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
    return map;
  } catch {
    return undefined;
  }
}

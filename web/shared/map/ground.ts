import type { Feature, FeatureCollection } from "geojson";
import type { ExpressionSpecification, StyleSpecification } from "maplibre-gl";
import type { DivisionOutlines, FoundPlace, MapTiles } from "../../client/types";
import { far } from "./distance";
import { levelOf, REACHES, ring } from "./rings";
import type { Spot } from "./spot";

/** What lies below the pins. */
export interface Ground {
  /** Around it lie rings of distances; without it none. */
  from?: Spot;
  /** A licensed map's tiles; they cover what the page draws itself. */
  tiles?: MapTiles;
  outlines?: DivisionOutlines;
  districts: FoundPlace[];
}

/** How the source of a licensed map's layer is called, before its number. */
export const TILES = "tiles-";

/** Whose tiles they are, and what is seen where some didn't come. */
export const saysOf = ({ notice }: MapTiles, isBroken: boolean) =>
  `${notice}。${isBroken ? "有的地图没有加载出来，空处是示意图，界线不作划界依据。" : ""}`;

/** The finest tiles that every map has; closer they are stretched. */
const FINEST = 18;

/**
 * The map's ground as MapLibre's style: outlines of divisions with their names and rings of distances, which need no network,
 * and above them the tiles of a licensed map where there is one. Where a tile doesn't come the drawing stays to be seen.
 */
export function ground({ from, tiles, outlines, districts }: Ground): StyleSpecification {
  const layers = tiles?.tiles ?? [];
  const style: StyleSpecification = {
    version: 8,
    sources: {
      outlines: { type: "geojson", data: (outlines ?? NOTHING) as FeatureCollection },
      names: { type: "geojson", data: collection([...divisions(outlines), ...districts.map(district)]) },
      rings: { type: "geojson", data: collection(from ? rings(from) : []) },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#eceff1" } },
      { id: "divisions", type: "fill", source: "outlines", paint: { "fill-color": "#fbf8f3" } },
      {
        id: "borders",
        type: "line",
        source: "outlines",
        layout: { "line-join": "round" },
        paint: { "line-color": BORDER, "line-width": ["interpolate", ["linear"], ["zoom"], 4, 0.8, 10, 2] },
      },
      {
        id: "rings",
        type: "line",
        source: "rings",
        filter: WIDE_ENOUGH,
        paint: { "line-color": "#b5a698", "line-width": 1, "line-dasharray": [3, 3] },
      },
      {
        id: "names",
        type: "symbol",
        source: "names",
        layout: {
          "text-field": ["get", "name"],
          "text-size": ["case", ["get", "large"], 16, 14],
          "text-max-width": 20,
          // Above its place: who asks from a district by its name stands in its middle.
          "text-anchor": "bottom",
          "text-offset": [0, -1],
          "symbol-sort-key": ["get", "order"],
        },
        paint: { "text-color": "#4f4238", ...HALO },
      },
      {
        id: "distances",
        type: "symbol",
        source: "rings",
        filter: WIDE_ENOUGH,
        layout: {
          "symbol-placement": "line",
          "symbol-spacing": 1_000,
          "text-field": ["get", "name"],
          "text-size": 12,
          "text-rotation-alignment": "viewport",
        },
        paint: { "text-color": "#665a52", ...HALO },
      },
    ],
  };
  layers.forEach((address, at) => {
    const source = `${TILES}${at}`;
    style.sources[source] = { type: "raster", tiles: [address], tileSize: 256, maxzoom: FINEST };
    style.layers.push({ id: source, type: "raster", source, paint: { "raster-fade-duration": 0 } });
  });
  return style;
}

/** The colour of a border between divisions. */
const BORDER = "#a5806a";
const HALO = { "text-halo-color": "#fff", "text-halo-width": 1.5 };
const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
/** Rings too small to be told apart are left out. */
const WIDE_ENOUGH: ExpressionSpecification = ["<=", ["get", "level"], ["zoom"]];

const collection = (features: Feature[]): FeatureCollection => ({
  type: "FeatureCollection",
  features,
});

function named(name: string, coordinates: number[], large: boolean, order: number): Feature {
  return { type: "Feature", properties: { name, large, order }, geometry: { type: "Point", coordinates } };
}

const district = ({ name, position }: FoundPlace, at: number) =>
  named(name, [position.longitude, position.latitude], false, at + 1_000);

/** A division's pieces of land, each its outer ring first. */
export const piecesOf = (geometry: DivisionOutlines["features"][number]["geometry"]) =>
  geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;

/** The divisions' names, each in the middle of its largest piece. */
const divisions = (outlines?: DivisionOutlines) =>
  (outlines?.features ?? []).map(({ properties, geometry }, at) => {
    const [largest] = piecesOf(geometry)
      .map((rings) => middle(rings[0] ?? []))
      .sort((one, other) => Math.abs(other.size) - Math.abs(one.size));
    return named(properties.name, largest?.at ?? [0, 0], true, at);
  });

/** A closed ring's centre of mass in degrees, and twice its size in degrees squared. */
export function middle(ring: number[][]): { at: [number, number]; size: number } {
  let [size, x, y] = [0, 0, 0];
  ring.forEach(([x1 = 0, y1 = 0], at) => {
    const [x2 = 0, y2 = 0] = ring[(at + 1) % ring.length] ?? [];
    const cross = x1 * y2 - x2 * y1;
    size += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  });
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  return { at: size ? [x / (3 * size), y / (3 * size)] : [x0, y0], size };
}

const rings = (from: Spot) =>
  REACHES.map(
    (metres): Feature => ({
      type: "Feature",
      properties: { name: far(metres), level: levelOf(from, metres) },
      geometry: { type: "LineString", coordinates: ring(from, metres) },
    }),
  );

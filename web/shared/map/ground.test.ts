import { expect, test } from "vitest";
import type { DivisionOutlines, FoundPlace } from "../../client/types";
import { ground, middle } from "./ground";

const from = { longitude: 109.84, latitude: 40.64, name: "我的位置" };
const square = (west: number, south: number, side: number) => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const outlines: DivisionOutlines = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { name: "包头市", code: "150200" },
      geometry: { type: "MultiPolygon", coordinates: [[square(100, 40, 1)], [square(110, 40, 4)]] },
    },
  ],
};
const district: FoundPlace = {
  kind: "district",
  name: "昆都仑区",
  address: "9个驿站",
  position: { longitude: 109.8, latitude: 40.6, system: "wgs84" },
};

const names = (style: ReturnType<typeof ground>) => {
  const source = style.sources.names;
  if (source?.type !== "geojson" || typeof source.data !== "object" || !("features" in source.data)) throw source;
  return source.data.features.map(({ geometry, properties }) => [properties?.name, geometry]);
};

test("divisions and districts are called by their names, a division in its largest piece", () => {
  expect(names(ground({ from, outlines, districts: [district] }))).toEqual([
    ["包头市", { type: "Point", coordinates: [112, 42] }],
    ["昆都仑区", { type: "Point", coordinates: [109.8, 40.6] }],
  ]);
  expect(names(ground({ from, districts: [] }))).toEqual([]);
});

test("a licensed map's layers lie above all that is drawn, the lowest first, and their addresses are left as they are", () => {
  const tiles = ["https://a.example/vec?x={x}&y={y}&l={z}&tk=key", "https://a.example/cva?x={x}&y={y}&l={z}&tk=key"];
  const style = ground({ from, outlines, districts: [], tiles: { tiles, notice: "天地图" } });
  expect(style.layers.slice(-2).map((layer) => layer.id)).toEqual(["tiles-0", "tiles-1"]);
  expect(style.sources["tiles-1"]).toMatchObject({ type: "raster", tiles: [tiles[1]] });
  expect(style.layers.map((layer) => layer.id)).toContain("borders");
});

test("the middle of a ring is its centre of mass, whichever way round it runs", () => {
  const corner = [
    [0, 0],
    [3, 0],
    [3, 1],
    [1, 1],
    [1, 3],
    [0, 3],
    [0, 0],
  ];
  expect(middle(corner).at.map((degrees) => degrees.toFixed(3))).toEqual(["1.100", "1.100"]);
  expect(middle([...corner].reverse()).at.map((degrees) => degrees.toFixed(3))).toEqual(["1.100", "1.100"]);
  expect(middle([[5, 6]]).at).toEqual([5, 6]);
});

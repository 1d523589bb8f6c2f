import { expect, test } from "vitest";
import type { DivisionOutlines, FoundPlace } from "../../client/types";
import { beginning } from "./beginning";

const outline = (code: string, west: number): DivisionOutlines["features"][number] => ({
  type: "Feature",
  properties: { name: code, code },
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [west, 40],
        [west + 2, 40],
        [west + 1, 42],
        [west, 40],
      ],
    ],
  },
});
const outlines: DivisionOutlines = {
  type: "FeatureCollection",
  features: [outline("150200", 109), outline("150300", 105)],
};
const district: FoundPlace = {
  kind: "district",
  name: "昆都仑区",
  address: "9个驿站",
  division: "150203",
  position: { longitude: 109.8, latitude: 40.6, system: "wgs84" },
};
const known = { divisions: [], districts: [district], outlines };
const at = { longitude: 110, latitude: 41 };
const tiles = { tiles: ["https://a.example/{z}/{x}/{y}"], notice: "天地图" };
const corners = (spots: ReturnType<typeof beginning>) => spots.map(({ longitude, latitude }) => [longitude, latitude]);

test("where a place is known it is shown, and what lies around it where there are no streets", () => {
  expect(beginning({ ...known, at, tiles })).toEqual([at]);
  const [first, last] = corners(beginning({ ...known, at }));
  expect([first?.[0], last?.[0]].map((degrees) => degrees?.toFixed(2))).toEqual(["109.98", "110.02"]);
});

test("else its district, else its prefecture, else all there is", () => {
  const from = (...divisions: string[]) => corners(beginning({ ...known, divisions }));
  const [first, last] = from("150203");
  expect([first?.[0], last?.[1]].map((degrees) => degrees?.toFixed(2))).toEqual(["109.72", "40.68"]);
  const prefecture = [
    [109, 40],
    [111, 42],
  ];
  expect(from("150202")).toEqual(prefecture);
  // What nobody knows gives way to what is known of the union.
  expect(from("990000", "150200")).toEqual(prefecture);
  const whole = [
    [105, 40],
    [111, 42],
  ];
  expect(from()).toEqual(whole);
  expect(from("15")).toEqual(whole);
  expect(corners(beginning({ divisions: [], districts: [district] }))).toEqual([[109.8, 40.6]]);
  expect(beginning({ divisions: [], districts: [] })).toHaveLength(2);
});

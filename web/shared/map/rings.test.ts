import { expect, test } from "vitest";
import { levelOf, REACHES, ring } from "./rings";

const TOWN = { longitude: 110, latitude: 60 };

test("a ring is closed, its north is north, and a degree of longitude shrinks to the north", () => {
  const points = ring(TOWN, 1_112);
  expect(points.slice(-1)[0]).toEqual(points[0]);
  expect(points[0]?.[0]).toBeCloseTo(110, 6);
  expect(points[0]?.[1]).toBeCloseTo(60.01, 4);
  expect(Math.max(...points.map(([longitude]) => longitude))).toBeCloseTo(110.02, 4);
});

test("wider rings are seen from farther", () => {
  const levels = REACHES.map((metres) => levelOf(TOWN, metres));
  expect(levels).toEqual([...levels].sort((one, other) => other - one));
});

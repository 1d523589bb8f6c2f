import { describe, expect, test } from "vitest";
import { far, offset, REACHES, reachOf, zoomed } from "./plane";
import { readFrom, rough, writeFrom } from "./position";

describe("a flat picture", () => {
  const middle = { longitude: 110, latitude: 60 };

  test("east is right, south is down, and a degree of longitude shrinks to the north", () => {
    const spot = offset(middle, { longitude: 110.01, latitude: 59.99 });
    expect(spot.y).toBeCloseTo(1111.95, 1);
    expect(spot.x).toBeCloseTo(555.97, 1);
  });

  test("the date line is no wall", () => {
    const spot = offset({ longitude: 179.99, latitude: 0 }, { longitude: -179.99, latitude: 0 });
    expect(spot.x).toBeCloseTo(2223.9, 0);
  });

  test("it reaches as far as its stations", () => {
    expect(reachOf(0)).toBe(300);
    expect(reachOf(480)).toBe(1_000);
    expect(reachOf(1e9)).toBe(100_000);
    expect([zoomed(500, 1), zoomed(300, -1), zoomed(100_000, 1)]).toEqual([1_000, 300, 100_000]);
    expect(REACHES).toEqual([...REACHES].sort((one, other) => one - other));
  });

  test("distances read as people say them", () => {
    expect([0, 999, 1_000, 1_240, 9_960, 12_345].map(far)).toEqual([
      "0米",
      "999米",
      "1公里",
      "1.2公里",
      "10公里",
      "12公里",
    ]);
  });
});

describe("a place in the address", () => {
  test("comes back as it was", () => {
    const from = { longitude: 110.046, latitude: 40.576, name: "东河区,站前" };
    expect(readFrom(writeFrom(from))).toEqual(from);
  });

  test("is nothing if it isn't on the earth", () => {
    for (const text of [null, "", "110", "110,", "x,y", "40,110"]) expect(readFrom(text)).toBeUndefined();
  });

  test("is only as exact as need be", () => {
    expect(rough(110.0461234567)).toBe(110.0461);
  });
});

import { describe, expect, test } from "vitest";
import { readFrom, rough, writeFrom } from "./position";

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

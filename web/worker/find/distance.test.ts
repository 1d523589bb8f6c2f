import { expect, test } from "vitest";
import { far } from "./distance";

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

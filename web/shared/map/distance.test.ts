import { expect, test } from "vitest";
import { far, walk } from "./distance";

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

test("a station looked for by its own name is no walk away", () => {
  expect([walk(0, 0), walk(438, 9)]).toEqual([undefined, "438米 · 步行约9分钟"]);
});

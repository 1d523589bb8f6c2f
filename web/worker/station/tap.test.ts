import { expect, test } from "vitest";
import { tapOnce } from "./tap";

test("who taps twice means it once", () => {
  let now = 1_000;
  const tap = tapOnce(() => now);
  expect(tap.repeats()).toBe(false);
  now += 200;
  expect(tap.repeats()).toBe(true);
  now += 700;
  expect(tap.repeats()).toBe(false);
});

test("who changed something in between means the next tap, too", () => {
  const tap = tapOnce(() => 1_000);
  expect(tap.repeats()).toBe(false);
  tap.changed();
  expect(tap.repeats()).toBe(false);
});

import { expect, test } from "vitest";
import { findStation } from "./station-line";

test("of a long name as much is looked for as may be asked for", () => {
  expect(decodeURIComponent(findStation("东河站"))).toBe("/stations?named=东河站");
  expect(decodeURIComponent(findStation("东".repeat(60)))).toBe(`/stations?named=${"东".repeat(30)}`);
});

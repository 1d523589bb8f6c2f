import { expect, test } from "vitest";
import { halved } from "./number-field";

test("full-width digits are the digits that they look like", () => {
  expect(halved("１２")).toBe("12");
  expect(halved("－３．５")).toBe("-3.5");
  expect(halved("0。5")).toBe("0.5");
  expect(halved("1，200 元")).toBe("1200");
  expect(halved(undefined)).toBe("");
});

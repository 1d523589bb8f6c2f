import { expect, test } from "vitest";
import { scaleOf, stored, typed } from "./scale";

test("what is typed is stored to the fen and to the basis point, and reads the same again", () => {
  expect(stored("money", "3,900,000")).toBe(390_000_000);
  expect(stored("money", "0.29")).toBe(29);
  expect(stored("share", "60")).toBe(6000);
  expect(stored("share", "81.16")).toBe(8116);
  expect(stored("count", "30000")).toBe(30_000);
  expect(stored("money", "１，２００．５")).toBe(120_050);
  for (const value of [0, 7, 29, 100, 105, 6000, 8116, 390_000_000]) {
    expect(stored("money", typed("money", value))).toBe(value);
    expect(stored("count", typed("count", value))).toBe(value);
  }
});

test("what is no such number is refused, not rounded", () => {
  expect(stored("count", "1.5")).toBe(undefined);
  expect(stored("share", "60.123")).toBe(undefined);
  expect(stored("money", "三万")).toBe(undefined);
  expect(stored("money", "12,50")).toBe(undefined);
  expect(stored("count", "1,2000")).toBe(undefined);
  expect(stored("money", "")).toBe(undefined);
});

test("the scale follows where the figure comes from", () => {
  expect(scaleOf({ source: "member_share", counting: null, unit: "%" })).toBe("share");
  expect(scaleOf({ source: "ledger", counting: "yuan", unit: "元" })).toBe("money");
  expect(scaleOf({ source: "ledger", counting: "people", unit: "人" })).toBe("count");
  expect(scaleOf({ source: "manual", counting: null, unit: "百分比" })).toBe("share");
});

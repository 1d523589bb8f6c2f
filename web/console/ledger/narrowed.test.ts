import { expect, test } from "vitest";
import { narrowed } from "./narrowed";

const asked = { from: "2026-01-15", to: "2026-03-20" };

test("a month that is partly asked for opens no record of its other days", () => {
  expect(narrowed("month", { key: "2026-01" }, asked)).toEqual({ from: "2026-01-15", to: "2026-01-31" });
  expect(narrowed("month", { key: "2026-02" }, asked)).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  expect(narrowed("month", { key: "2026-03" }, asked)).toEqual({ from: "2026-03-01", to: "2026-03-20" });
});

test("those without a group open their own records, not everybody's", () => {
  expect(narrowed("group", { key: "courier" }, asked)).toEqual({ groups: "courier" });
  expect(narrowed("group", { key: "" }, asked)).toEqual({ groups: "-" });
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { show } from "../../testing";
import { DayRange } from "./day-range";

const names = (label?: string) => {
  const change = () => undefined;
  const { place } = show(createElement(DayRange, { from: "2026-07-01", to: "", label, change }));
  return [...place.querySelectorAll("input")].map((end) => [end.getAttribute("aria-label"), end.value]);
};

test("either end of a range of days is called by its own name", () => {
  expect(names("入会日期")).toEqual([
    ["入会日期：开始", "2026-07-01"],
    ["入会日期：结束", ""],
  ]);
  expect(names().map(([name]) => name)).toEqual(["日期：开始", "日期：结束"]);
});

import { expect, test } from "vitest";
import { based, grouped, grown, percent, valued } from "./words";

const share = { scale: "share" as const, unit: "%" };
const visits = { scale: "count" as const, unit: "人次" };
const funds = { scale: "money" as const, unit: "元" };

test("values are read with their unit, and what isn't known is a dash", () => {
  expect(valued(share, 8500)).toBe("85%");
  expect(valued(share, 8116)).toBe("81.16%");
  expect(valued(visits, 30000)).toBe("30,000 人次");
  expect(valued(funds, 390_000_000)).toBe("390 万元");
  expect(valued(funds, 351_810_000)).toBe("351.81 万元");
  expect(valued(funds, 0)).toBe("0 万元");
  expect(valued(funds, 369_451_220)).toBe("3,694,512.20 元");
  expect(valued(visits, null)).toBe("—");
  expect(percent(0)).toBe("0%");
  expect(percent(10000)).toBe("100%");
});

test("a share grows by percentage points", () => {
  expect(grown(share, 172)).toBe("+1.72 个百分点");
  expect(grown(visits, -5)).toBe("−5 人次");
  expect(grown(visits, 0)).toBe("持平");
});

test("a base value is told with its period and the growth", () => {
  expect(based({ ...visits, base: 120, base_period: "2025年全年" }, 2500)).toBe(
    "基期（2025年全年） 120 人次，增长 25%",
  );
  expect(based({ ...visits, base: 120, base_period: null }, -2500)).toBe("基期 120 人次，下降 25%");
  expect(based({ ...share, base: 7250, base_period: "2025年底" }, 1034)).toBe("基期（2025年底） 72.5%");
});

test("groups keep the headings' order; empty ones are left out, the homeless stand last", () => {
  const items = [{ of: "2" }, { of: null }, { of: "1" }];
  const heads = [
    { id: "1", title: "一" },
    { id: "3", title: "三" },
    { id: "2", title: "二" },
  ];
  expect(grouped(items, heads, (item) => item.of).map((group) => group.title)).toEqual(["一", "二", "其他"]);
});

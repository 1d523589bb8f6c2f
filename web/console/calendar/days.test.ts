import { expect, test } from "vitest";
import { between, changed, holidays, readYear, stretches } from "./days";

const newYear = [
  { day: "2026-01-01", is_off: true, name: "元旦" },
  { day: "2026-01-02", is_off: true, name: "元旦" },
  { day: "2026-01-04", is_off: false, name: "元旦" },
];

test("days that follow each other are told as a stretch, over the month's end, too", () => {
  expect(stretches(["2026-02-01", "2026-01-31", "2026-02-15"], 2026)).toBe("1月31日至2月1日、2月15日");
  expect(stretches(["2025-12-31", "2026-01-01"], 2026)).toBe("2025年12月31日至1月1日");
  expect(between("2026-02-27", "2026-03-01")).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
});

test("a holiday is told with its days off and the days worked for it", () => {
  expect(holidays(newYear, 2026)).toEqual([{ name: "元旦", off: "1月1日至1月2日", work: "1月4日", count: 2 }]);
});

test("days are set anew or given back to the plain week", () => {
  const added = changed(newYear, ["2026-01-02", "2026-01-03"], { is_off: true, name: "补假" });
  expect(added.map((one) => `${one.day} ${one.name}`)).toEqual([
    "2026-01-01 元旦",
    "2026-01-02 补假",
    "2026-01-03 补假",
    "2026-01-04 元旦",
  ]);
  expect(changed(newYear, ["2026-01-04"]).length).toBe(2);
});

test("a file of another year is refused", () => {
  const file = JSON.stringify({ year: 2027, days: [{ name: "元旦", date: "2027-01-01", isOffDay: true }] });
  expect(readYear(file, 2027)).toEqual([{ day: "2027-01-01", is_off: true, name: "元旦" }]);
  expect(() => readYear(file, 2026)).toThrow("2026年");
  expect(() => readYear(file.slice(0, -3), 2027)).toThrow("文件不完整");
  expect(readYear("元旦：1月1日放假。", 2027)).toEqual([{ day: "2027-01-01", is_off: true, name: "元旦" }]);
});

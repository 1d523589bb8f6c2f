import { expect, test } from "vitest";
import { hoursOf, lineOf, spansOf, typedOf } from "./hours";

test("a line of stretches is read as people write it", () => {
  expect(spansOf("8:30-12:00、14：00－18:00")).toEqual([
    { opens: "08:30", closes: "12:00" },
    { opens: "14:00", closes: "18:00" },
  ]);
  expect(spansOf("08:30 - 12:00；14: 00 至 18:00")).toEqual(spansOf("08:30-12:00、14:00-18:00"));
  expect(spansOf("")).toEqual([]);
  for (const wrong of ["8点-9点", "8:30", "25:00-26:00", "8:30-9:00-10:00"]) expect(spansOf(wrong)).toBeUndefined();
});

test("hours come back as they were", () => {
  const hours = {
    week: [...Array(6).fill([{ opens: "08:00", closes: "20:00" }]), []],
    holiday: [],
    exceptions: [{ day: "2026-12-01", spans: [], reason: "消毒" }],
    self_service: true,
  };
  expect(hoursOf(typedOf(hours))).toEqual(hours);
  expect(lineOf(hours.week[0] ?? [])).toBe("08:00-20:00");
});

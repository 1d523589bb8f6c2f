import { expect, test, vi } from "vitest";
import {
  behind,
  companion,
  count,
  day,
  fromTo,
  lately,
  listed,
  minute,
  month,
  outside,
  share,
  span,
  yuan,
} from "./words";

test("money is written to the fen, also below zero", () => {
  expect(yuan(390000000)).toBe("3,900,000.00");
  expect(yuan(-105)).toBe("-1.05");
  expect(yuan(7)).toBe("0.07");
});

test("a share without a denominator is a dash, not zero", () => {
  expect(share(null)).toBe("—");
  expect(share(5012)).toBe("50.12%");
  expect(count(1234567)).toBe("1,234,567");
});

test("days and months stand as people write them", () => {
  expect(day("2026-07-05")).toBe("2026年7月5日");
  expect(day(null)).toBe("—");
  expect(month("2026-07-01")).toBe("2026年7月");
});

test("what lies in another year is told with it, also in the first hours of a year in Beijing", () => {
  const at = "2026-12-31T09:30:00+08:00";
  vi.useFakeTimers({ now: new Date("2026-12-31T15:59:00Z") });
  expect(lately(at)).toBe("12月31日 09:30");
  vi.setSystemTime(new Date("2026-12-31T16:01:00Z"));
  expect(lately(at)).toBe("2026年12月31日 09:30");
  expect(lately(null)).toBe("—");
  vi.useRealTimers();
});

test("a period of one day names it once", () => {
  expect(fromTo("2026-11-29", "2026-11-30")).toBe("2026年11月29日—2026年11月30日");
  expect(fromTo("2026-11-30", "2026-11-30")).toBe("2026年11月30日");
});

test("members who are not in a share are told beside it and over its records", () => {
  expect(outside(1234)).toBe("另有 1,234 名会员所在单位未填报其群体的在岗人数，未计入");
  expect(behind("快递员", 1234)).toBe("快递员（含未计入的 1,234 名会员）");
  expect(behind("快递员", 0)).toBe("快递员");
  expect(behind("爱心餐", null)).toBe("爱心餐");
});

test("a list with more rows than are counted says so", () => {
  expect(listed(100_000)).toBe("共 100,000");
  expect(listed(100_001)).toBe("超过 100,000");
});

test("from when until when says a day once", () => {
  expect(minute("2026-07-05T14:03:59+08:00")).toBe("2026年7月5日 14:03");
  expect(minute(null)).toBe("—");
  expect(span("2026-07-05T14:00:00+08:00", "2026-07-05T17:00:00+08:00")).toBe("2026年7月5日 14:00-17:00");
  expect(span("2026-07-05T14:00:00+08:00", "2026-12-01T09:30:00+08:00")).toBe("2026年7月5日 14:00—2026年12月1日 09:30");
});

test("a child who comes along is told with his guardian's consent", () => {
  const one = { name: "王*", number: "138****0001" };
  expect(companion(one)).toBe("王* 138****0001");
  expect(companion({ ...one, guardian_label: "未满14周岁，监护人同意" })).toBe(
    "王* 138****0001（未满14周岁，监护人同意）",
  );
});

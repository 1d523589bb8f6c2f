import { expect, test } from "vitest";
import type { MyVoucher } from "../../client/types";
import { few, goodFor, until } from "./until";

test("what ends with a day is good on the whole day", () => {
  expect(until("2026-12-04T00:00:00+08:00")).toBe("2026年12月3日（含当天）");
  expect(until("2026-03-01T00:00:00+08:00")).toBe("2026年2月28日（含当天）");
  expect(until("2026-12-04T09:30:00+08:00")).toBe("2026年12月4日 09:30");
});

test("who has chosen no batch yet reads until when his voucher waits for that", () => {
  const waits = { by_batch: true, batch: null, use_until: "2026-12-04T09:30:00+08:00" } as MyVoucher;
  expect(goodFor(waits)).toBe("请先选择批次，有效期至 2026年12月4日 09:30");
});

test("of many places the first few are named", () => {
  expect(few(["甲", "乙"], 2)).toBe("甲、乙");
  expect(few(["甲", "乙", "丙", "丁"], 4)).toBe("甲、乙、丙、丁");
  expect(few(["甲", "乙", "丙", "丁"], 500)).toBe("甲、乙、丙等 500 处");
});

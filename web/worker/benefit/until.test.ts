import { afterEach, expect, test, vi } from "vitest";
import type { MyVoucher } from "../../client/types";
import { few, goodFor, until } from "./until";

afterEach(() => vi.useRealTimers());

const standAt = (now: string) => vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(now) });

test("what ends with a day is good on the whole day", () => {
  expect(until("2026-12-04T00:00:00+08:00")).toBe("2026年12月3日（含当天）");
  expect(until("2026-03-01T00:00:00+08:00")).toBe("2026年2月28日（含当天）");
  expect(until("2026-12-04T09:30:00+08:00")).toBe("2026年12月4日 09:30");
});

test("who has chosen no batch yet reads until when his voucher waits for that", () => {
  standAt("2026-07-01T09:00:00+08:00");
  const waits = { state: "claimed", by_batch: true, batch: null, use_until: "2026-12-04T09:30:00+08:00" } as MyVoucher;
  expect(goodFor(waits)).toBe("请先选择批次，有效期至 2026年12月4日 09:30");
});

test("whose voucher is good for its last days reads so first, and nobody whose batch is to come", () => {
  const meal = { state: "claimed", by_batch: false, use_until: "2026-12-03T00:00:00+08:00" } as MyVoucher;
  const said = ["2026-11-29T23:59", "2026-11-30T00:10", "2026-12-01T00:10", "2026-12-02T23:50"].map((now) => {
    standAt(`${now}:00+08:00`);
    return goodFor(meal);
  });
  const good = "有效期至 2026年12月2日（含当天）";
  expect(said).toEqual([good, `后天到期，${good}`, `明天到期，${good}`, `今天到期，${good}`]);
  const batch = { starts_on: "2026-12-02", ends_on: "2026-12-02", place: { name: "职工医院" } };
  expect(goodFor({ ...meal, by_batch: true, batch } as MyVoucher)).toBe("2026年12月2日 · 职工医院");
});

test("of many places the first few are named", () => {
  expect(few(["甲", "乙"], 2)).toBe("甲、乙");
  expect(few(["甲", "乙", "丙", "丁"], 4)).toBe("甲、乙、丙、丁");
  expect(few(["甲", "乙", "丙", "丁"], 500)).toBe("甲、乙、丙等 500 处");
});

import { expect, test } from "vitest";
import { coded } from "./codes";
import { leaves } from "./names";
import { told, word } from "./words";

const nothing = () => undefined;

test("what an entry of the audit tells is called in Chinese, and what has no word stands as it is kept", () => {
  expect(word("amount_fen")).toBe("金额");
  expect(word("not_yet_known")).toBe("not_yet_known");
  for (const key of ["attachment", "incidents", "known", "left", "orders", "rating", "removed", "restored", "union", "works"]) {
    expect(word(key)).not.toBe(key);
  }
});

test("values stand as people write them", () => {
  expect(told("amount_fen", 3000, nothing)).toBe("30.00 元");
  expect(told("year", 2026, nothing)).toBe("2026");
  expect(told("paid_on", "2026-11-29", nothing)).toBe("2026年11月29日");
  expect(told("opens_at", "2026-11-29T08:30:00+08:00", nothing)).toBe("2026年11月29日 08:30");
  expect(told("active", true, nothing)).toBe("是");
  expect(told("document_number", null, nothing)).toBe("—");
  expect(told("fields", ["state", "title"], nothing)).toBe("状态、标题");
  expect(told("filter", {}, nothing)).toBe("—");
});

test("what a key names is told by its name, where that is known", () => {
  const names = (key: string, id: string) => (key === "role_id" && id === "17" ? "普惠管理" : undefined);
  expect(told("before", [{ role_id: "17", organisation_id: "3" }], names)).toBe("角色 普惠管理，组织 3");
});

test("codes are told in words, a state by what the entry is about", () => {
  expect(coded("organisations", "step", "approved_to_prepare")).toBe("批复筹建");
  expect(coded("members", "kind", "members")).toBe("会员名册");
  expect(coded("exports", "kind", "station_use")).toBe("驿站使用情况");
  expect(told("filter", { taken_back: true }, nothing)).toBe("已撤销 是");
  expect(coded("stations", "state", "open")).toBe("开放");
  expect(coded("station_faults", "state", "mended")).toBe("已恢复正常");
  expect(coded("benefit_settlements", "waiting", "pay")).toBe("待付款");
  expect(told("filter", { neglect: "round" }, () => undefined)).toContain("督办事项");
  expect(coded("benefit_settlements", "state", "open")).toBe("待结算");
  expect(coded("plan", "state", "2026")).toBeUndefined();
});

test("all that is told as text is found under the key that it stands under", () => {
  const detail = { role: "4", seats: 3, before: [{ organisation_id: "8" }], unions: ["5", "6"], reason: null };
  expect(leaves(detail)).toEqual([
    ["role", "4"],
    ["organisation_id", "8"],
    ["unions", "5"],
    ["unions", "6"],
  ]);
});

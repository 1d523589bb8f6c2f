import { expect, test } from "vitest";
import { told, word } from "./words";

test("what an entry of the audit tells is called in Chinese, and what has no word stands as it is kept", () => {
  expect(word("amount_fen")).toBe("金额");
  expect(word("not_yet_known")).toBe("not_yet_known");
});

test("values stand as people write them", () => {
  expect(told("amount_fen", 3000)).toBe("30.00 元");
  expect(told("year", 2026)).toBe("2026");
  expect(told("paid_on", "2026-11-29")).toBe("2026年11月29日");
  expect(told("active", true)).toBe("是");
  expect(told("document_number", null)).toBe("—");
  expect(told("fields", ["state", "title"])).toBe("状态、标题");
  expect(told("filter", {})).toBe("—");
  expect(told("before", [{ role_id: "17", organisation_id: "3" }])).toBe("角色 17，组织 3");
});

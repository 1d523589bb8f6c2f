import { expect, test, vi } from "vitest";
import { isTyped } from "../../shared/voucher-code";
import { partnerKey, scanned } from "./partner-key";

const KEY = "0123456789abcdef0123456789abcdef";
const NEW = "f".repeat(32);

test("a link's secret is kept, and found again without the link", () => {
  expect(partnerKey("")).toBe(undefined);
  expect(partnerKey(`#${KEY}`)).toBe(KEY);
  expect(partnerKey("")).toBe(KEY);
  expect(partnerKey("#nonsense")).toBe(KEY);
});

test("in a browser that keeps nothing a new link's secret holds as long as the page", () => {
  partnerKey(`#${KEY}`);
  const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(partnerKey(`#${NEW}`)).toBe(NEW);
  expect(partnerKey("")).toBe(NEW);
  full.mockRestore();
  expect(partnerKey(`#${KEY}`)).toBe(KEY);
  expect(partnerKey("")).toBe(KEY);
});

test("a scanner's text is read whether it is an address or a token", () => {
  expect(scanned(" http://127.0.0.1:8080/w/v/abc.def ")).toBe("abc.def");
  expect(scanned("abc.def")).toBe("abc.def");
});

test("what was read out is told from what was scanned, however it is typed", () => {
  expect([" 7k3m-q9tx-4pd2w", "7K3M Q9TX 4PD2W"].map((one) => isTyped(scanned(one)))).toEqual([true, true]);
  expect(isTyped(scanned("http://127.0.0.1:8080/w/v/abc.def"))).toBe(false);
});

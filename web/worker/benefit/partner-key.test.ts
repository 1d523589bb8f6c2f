import { expect, test } from "vitest";
import { partnerKey, scanned } from "./partner-key";

function store(kept: Record<string, string> = {}) {
  return {
    kept,
    getItem: (name: string) => kept[name] ?? null,
    setItem: (name: string, value: string) => {
      kept[name] = value;
    },
  };
}

test("a link's secret is kept, and found again without the link", () => {
  const phone = store();
  const key = "0123456789abcdef0123456789abcdef";
  expect(partnerKey("", phone)).toBe(undefined);
  expect(partnerKey(`#${key}`, phone)).toBe(key);
  expect(partnerKey("", phone)).toBe(key);
  expect(partnerKey("#nonsense", phone)).toBe(key);
});

test("a scanner's text is read whether it is an address or a token", () => {
  expect(scanned(" http://127.0.0.1:8080/w/v/abc.def ")).toBe("abc.def");
  expect(scanned("abc.def")).toBe("abc.def");
});

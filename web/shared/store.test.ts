import { expect, test, vi } from "vitest";
import { keptRows } from "./kept-rows";
import { forgetWindow, kept, keptUnder, keptValue, store } from "./store";

test("what can't be read as it was kept counts as not kept", () => {
  store("a", "{");
  expect([keptValue("a"), keptValue("b")]).toEqual([undefined, undefined]);
  store("a", "[1]");
  expect(keptValue("a")).toEqual([1]);
});

test("a browser that forbids its store says nothing, and no page falls by that", () => {
  const forbidden = {
    get: () => {
      throw new DOMException("denied", "SecurityError");
    },
  };
  vi.spyOn(window, "localStorage", "get").mockImplementation(forbidden.get);
  vi.spyOn(window, "sessionStorage", "get").mockImplementation(forbidden.get);
  forgetWindow();
  expect([store("a", "b"), kept("a"), keptValue("a"), keptUnder("")]).toEqual([false, null, undefined, []]);
  const rows = keptRows<number>("rows/");
  rows.save("7", [1]);
  expect([rows.all("7"), rows.names(), rows.isUnstored("7")]).toEqual([[1], ["7"], true]);
  vi.restoreAllMocks();
  rows.save("7", [1, 2]);
  expect([rows.all("7"), rows.names(), rows.isUnstored("7")]).toEqual([[1, 2], ["7"], false]);
});

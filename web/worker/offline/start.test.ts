import { onlineManager } from "@tanstack/react-query";
import { expect, onTestFinished, test, vi } from "vitest";
import { goBelow, hearOfNetwork, keepPages } from "./start";

function at(address: string) {
  const before = window.location.href;
  window.history.replaceState(null, "", address);
  onTestFinished(() => window.history.replaceState(null, "", before));
}

/** What is registered once a page stands at an address for a while. */
async function registered(address: string) {
  at(address);
  vi.useFakeTimers();
  vi.stubEnv("PROD", true);
  const register = vi.fn(async () => undefined);
  Object.defineProperty(navigator, "serviceWorker", { value: { register }, configurable: true });
  onTestFinished(() => void Reflect.deleteProperty(navigator, "serviceWorker"));
  keepPages();
  window.dispatchEvent(new Event("load"));
  expect(register).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60_000);
  return register.mock.calls;
}

test("the home page stands below the folder for which a worker can answer, with what was asked of it", () => {
  at("/w?from=code#here");
  goBelow();
  expect(window.location.href).toMatch(/\/w\/\?from=code#here$/);
  at("/w/duty");
  goBelow();
  expect(window.location.pathname).toBe("/w/duty");
});

test("a page that was opened without a network hears that there is one", () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const hear = vi.fn();
  onTestFinished(onlineManager.subscribe(hear));
  hearOfNetwork();
  window.dispatchEvent(new Event("online"));
  expect(hear).toHaveBeenLastCalledWith(true);
});

test("a phone keeps the pages after they stand, and asks the server itself for a newer worker each time", async () => {
  const asked = { scope: "/w/", updateViaCache: "none" };
  expect(await registered("/w/duty")).toEqual([["/w/sw.js", asked]]);
});

test("who comes to join loads nothing over the hall's network but what joining needs", async () => {
  expect(await registered("/w/e/k7Qp")).toEqual([]);
});

test("where a browser has no workers the page goes on without", () => {
  vi.stubEnv("PROD", true);
  expect(keepPages).not.toThrow();
});

import { expect, test, vi } from "vitest";
import { get } from "./http";
import { watchTouches } from "./idle";

test("what a page asks while nobody touches it is told apart, once touches are watched", async () => {
  const told: unknown[] = [];
  const fetched = vi.fn(async (_: string, request: RequestInit) => {
    told.push((request.headers as Record<string, string>)["x-niangjia-idle"]);
    return new Response("[]", { headers: { "content-type": "application/json" } });
  });
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("window", new EventTarget());
  vi.useFakeTimers({ toFake: ["Date"] });
  const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
  pass(61);
  await get("/facts");
  watchTouches();
  pass(59);
  await get("/facts");
  pass(2);
  await get("/facts");
  window.dispatchEvent(new Event("keydown"));
  await get("/facts");
  expect(told).toEqual([undefined, undefined, "1", undefined]);
});

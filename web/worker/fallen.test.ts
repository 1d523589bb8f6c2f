import { createElement, lazy, Suspense } from "react";
import { expect, test, vi } from "vitest";
import { soon } from "../testing";
import { Falling } from "./fallen";
import { draw } from "./testing";

test("a page whose file did not come says so, and doesn't leave the phone blank", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const Page = lazy(() => Promise.reject(new TypeError("Failed to fetch dynamically imported module")));
  const { place } = draw(createElement(Falling, null, createElement(Suspense, null, createElement(Page))));
  await soon(() => expect(place.querySelector("h1")?.textContent).toBe("页面没有打开"));
});

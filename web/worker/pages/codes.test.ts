// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, createElement, type FunctionComponent } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter, Route, Routes } from "react-router";
import { afterEach, expect, test, vi } from "vitest";
import { Queries } from "../../client/queries";
import GuestPage from "./guest";
import StationCodePage from "./station-code";
import VoucherPage from "./voucher";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
vi.stubGlobal("scrollTo", () => undefined);
afterEach(() => vi.useRealTimers());

const VOUCHER = { id: "1", title: "爱心餐", state: "claimed", state_label: "待使用", places: [], qr_svg: "<svg/>" };
const CODES: [string, FunctionComponent, object][] = [
  ["/vouchers/1", VoucherPage, { ...VOUCHER, use_until: "2026-08-01T00:00:00+08:00", use_from: "2026-07-01" }],
  ["/pass", StationCodePage, { name: "张*", qr_svg: "<svg/>", text: "code" }],
  ["/guest", GuestPage, { qr_svg: "<svg/>", text: "code", openings: [] }],
];

test.each(CODES)("a code of %s that can't be renewed is shown as one that may have run out", async (at, page, code) => {
  vi.useFakeTimers();
  sessionStorage.setItem("niangjia/station-guest", "pass");
  let up = true;
  vi.stubGlobal("fetch", async (address: string) => {
    // A phone between two cells: nothing comes, and nothing is refused.
    if (!up) return new Promise(() => undefined);
    const body = address.endsWith("/station-openings") ? [] : code;
    return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
  });
  const place = document.createElement("div");
  const root = createRoot(place);
  const path = at.replace("/1", "/:id");
  const routes = createElement(Routes, null, createElement(Route, { path, element: createElement(page) }));
  const shown = createElement(MemoryRouter, { initialEntries: [at] }, routes);
  act(() => root.render(createElement(QueryClientProvider, { client: new Queries() }, shown)));
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect(place.querySelector("img")?.className).toBe("");
  up = false;
  await act(() => vi.advanceTimersByTimeAsync(66_000));
  expect(place.querySelector("img")?.className).toBe("old");
  expect(place.textContent).toContain("二维码可能已过期");
  act(() => root.unmount());
});

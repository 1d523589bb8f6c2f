import { createElement, type FunctionComponent } from "react";
import { Route, Routes } from "react-router";
import { expect, test, vi } from "vitest";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import GuestPage from "./guest";
import StationCodePage from "./station-code";
import VoucherPage from "./voucher";

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
  // A phone between two cells: nothing comes, and nothing is refused.
  const nothing = new Promise<Response>(() => undefined);
  serve((address) => (up ? json(address.endsWith("/station-openings") ? [] : code) : nothing));
  const path = at.replace("/1", "/:id");
  const routes = createElement(Routes, null, createElement(Route, { path, element: createElement(page) }));
  const { place } = draw(routes, at);
  await soon(() => expect(place.querySelector("img")?.className).toBe(""));
  up = false;
  await vi.advanceTimersByTimeAsync(66_000);
  await soon(() => expect(place.querySelector("img")?.className).toBe("old"));
  expect(place.textContent).toContain("二维码可能已过期");
});

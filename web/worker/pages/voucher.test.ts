import { createElement } from "react";
import { Route, Routes } from "react-router";
import { expect, test, vi } from "vitest";
import { press, soon } from "../../testing";
import { draw, json, serve } from "../testing";
import VoucherPage from "./voucher";

const voucher = () =>
  createElement(Routes, null, createElement(Route, { path: "/vouchers/:id", element: createElement(VoucherPage) }));

test("a voided voucher says why, and offers nothing to do", async () => {
  serve(() =>
    json({
      id: "1",
      title: "爱心餐",
      kind_label: "爱心餐",
      state: "voided",
      state_label: "已作废",
      ended_at: "2026-07-05T09:30:00+08:00",
      voided_why: "供货商停产",
      places: [],
    }),
  );
  const { place } = draw(voucher(), "/vouchers/1");
  await soon(() => expect(place.textContent).toContain("由工会作废，原因：供货商停产"));
  expect(place.textContent).not.toContain("取消领取");
  expect(place.querySelector("img")).toBeNull();
});

test("of many places the nearest stand on the page, below the way out, and the rest when they are asked for", async () => {
  const place = (n: number) => ({ id: `${n}`, name: `${n}号食堂`, address: "", contact: "" });
  serve(() =>
    json({
      id: "1",
      title: "爱心餐",
      state: "claimed",
      use_until: "2026-08-01T00:00:00+08:00",
      places: Array.from({ length: 39 }, (_, n) => place(n + 1)),
    }),
  );
  const { place: page } = draw(voucher(), "/vouchers/1");
  await soon(() => expect(page.querySelectorAll("li")).toHaveLength(5));
  const said = page.textContent ?? "";
  expect(said.indexOf("取消领取")).toBeLessThan(said.indexOf("使用地点"));
  await press("全部39个地点");
  await soon(() => expect(page.querySelectorAll("li")).toHaveLength(39));
  expect(page.textContent).not.toContain("全部");
});

test("who gives a voucher back is promised nothing about who gets it: of one he was nominated for nobody may claim it", async () => {
  serve(() => json({ id: "1", title: "疗休养", state: "claimed", use_until: "2026-08-01T00:00:00+08:00", places: [] }));
  const { place } = draw(voucher(), "/vouchers/1");
  await press("用不上了，取消领取");
  await soon(() => expect(place.textContent).toContain("立即交还工会"));
  expect(place.textContent).not.toContain("其他职工");
});

test("what is typed where nothing can be scanned stands below the code, and holds for minutes without a network", async () => {
  vi.useFakeTimers();
  let up = true;
  const mine = { id: "1", title: "爱心餐", state: "claimed", use_until: "2026-08-01T00:00:00+08:00", places: [] };
  const nothing = new Promise<Response>(() => undefined);
  serve(() => (up ? json({ ...mine, qr_svg: "<svg/>", typed_code: "7K3M Q9TX 4PD2W" }) : nothing));
  const { place } = draw(voucher(), "/vouchers/1");
  await soon(() => expect(place.textContent).toContain("券码 7K3M Q9TX 4PD2W"));
  up = false;
  await vi.advanceTimersByTimeAsync(66_000);
  await soon(() => expect(place.querySelector("img")?.className).toBe("old"));
  expect(place.querySelector(".typed")?.className).toBe("typed");
  await vi.advanceTimersByTimeAsync(300_000);
  await soon(() => expect(place.querySelector(".typed")?.className).toBe("typed old"));
});

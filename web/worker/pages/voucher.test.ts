import { createElement } from "react";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import VoucherPage from "./voucher";

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
  const routes = createElement(
    Routes,
    null,
    createElement(Route, { path: "/vouchers/:id", element: createElement(VoucherPage) }),
  );
  const { place } = draw(routes, "/vouchers/1");
  await soon(() => expect(place.textContent).toContain("由工会作废，原因：供货商停产"));
  expect(place.textContent).not.toContain("取消领取");
  expect(place.querySelector("img")).toBeNull();
});

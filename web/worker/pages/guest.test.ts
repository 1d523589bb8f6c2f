import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import GuestPage from "./guest";

test("in a browser that keeps nothing a guest has his code as long as the page is open", async () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  serve((address) =>
    json(address.endsWith("/station-guest") ? { pass: "p" } : { qr_svg: "<svg/>", text: "t", openings: [] }),
  );
  const { place } = draw(createElement(GuestPage));
  const field = (at: number) => there(() => document.querySelectorAll("input")[at]);
  type(await field(0), "13800138000");
  type(await field(1), "123456");
  await press("领取访客码");
  await soon(() => expect(place.querySelector("img")?.alt).toContain("访客码"));
});

import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import GuestPage from "./guest";

/** The page of a guest who proved his number, and what doors did for him since. */
async function proved(...openings: object[]) {
  serve((address) =>
    json(address.endsWith("/station-guest") ? { pass: "p" } : { qr_svg: "<svg/>", text: "t", openings }),
  );
  const { place } = draw(createElement(GuestPage));
  const field = (at: number) => there(() => document.querySelectorAll("input")[at]);
  type(await field(0), "13800138000");
  type(await field(1), "123456");
  await press("领取访客码");
  return place;
}

test("a guest reads when a door opened for him, and finds the stations", async () => {
  const opening = { id: "1", station: "夜站", state: "done", words: "已开门", asked_at: "2026-07-05T21:09:00+08:00" };
  const place = await proved(opening);
  await soon(() => expect(place.querySelector("[role=status]")?.textContent).toBe("夜站：已开门，请进（21:09）"));
  expect(place.querySelector("a[href$='/stations']")).not.toBeNull();
});

test("in a browser that keeps nothing a guest has his code as long as the page is open", async () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const place = await proved();
  await soon(() => expect(place.querySelector("img")?.alt).toContain("访客码"));
});

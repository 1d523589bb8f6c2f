import { createElement } from "react";
import { expect, test } from "vitest";
import type { MyStationBooking } from "../../client/types";
import { press, soon } from "../../testing";
import { draw, json, serve } from "../testing";
import { Booking } from "./booking";

test("who can't move what he booked, as all is taken or the network is lost, goes back and can cancel it", async () => {
  const of = {
    id: "5",
    desk_id: "7",
    station: "东河站",
    state: "booked",
    starts_at: "2026-07-02T18:00:00+08:00",
    ends_at: "2026-07-02T19:00:00+08:00",
    change_until: "2026-07-02T16:00:00+08:00",
  } as MyStationBooking;
  let lost = false;
  serve(() => (lost ? Promise.reject(new TypeError("lost")) : json({ days: [] })));
  const { place } = draw(createElement(Booking, { of, again: async () => undefined }));
  await press("改期");
  await soon(() => expect(place.textContent).toContain("近期没有可以约的时间"));
  expect(place.textContent).not.toContain("取消预约");
  await press("不选了");
  await soon(() => expect(place.textContent).toContain("取消预约"));
  lost = true;
  await press("改期");
  await press("不选了");
  await soon(() => expect(place.textContent).toContain("取消预约"));
});

test("who is too late to move or cancel what he booked reads so, until it begins", () => {
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const told = (starts: number) => {
    const span = { starts_at: at(starts), ends_at: at(starts + 1) };
    const of = { id: "5", station: "东河站", state: "booked", ...span } as MyStationBooking;
    return draw(createElement(Booking, { of, again: async () => undefined })).place;
  };
  expect(told(1).querySelector("a[href$='/union']")?.textContent).toBe("打电话给工会");
  expect(told(-1).textContent).toContain("东河站");
  expect(told(-1).textContent).not.toContain("来不了");
});

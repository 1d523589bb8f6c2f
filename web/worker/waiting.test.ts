import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../testing";
import { draw, json, serve } from "./testing";
import { Waiting } from "./waiting";

const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const timed = (id: string, hours: number) => ({ id, starts_at: at(hours), ends_at: at(hours + 1), station: "东河站" });

test("what waits for me is told, the next first, and nothing that is over", async () => {
  const answers: Record<string, unknown> = {
    "/me/station-bookings": [
      { ...timed("1", 5), state: "booked", kind_label: "法律咨询" },
      { ...timed("2", 6), state: "cancelled", kind_label: "心理咨询" },
      { ...timed("3", -9), state: "booked", kind_label: "就业咨询" },
    ],
    "/me/station-activities": [
      { ...timed("4", 2), title: "读书会", seat: true, cancelled: null },
      { ...timed("5", 3), title: "讲座", seat: false, cancelled: null },
      { ...timed("6", 4), title: "健步走", seat: true, cancelled: "下雨" },
    ],
    "/me/station-gifts": {
      mine: [
        { id: "7", gift: "棉衣", state: "reserved", until: at(9) },
        { id: "8", gift: "书", state: "taken", until: at(9) },
      ],
    },
    "/me/vouchers": [
      { id: "9", title: "爱心餐", state: "claimed", use_until: at(20) },
      { id: "10", title: "体检", state: "redeemed", use_until: at(20) },
    ],
  };
  serve((address) => json(answers[Object.keys(answers).find((path) => address.endsWith(path)) ?? ""]));
  const { place } = draw(createElement(Waiting));
  await soon(() => expect(place.textContent).toContain("爱心餐"));
  await soon(() =>
    expect([...place.querySelectorAll("b")].map((one) => one.textContent)).toEqual([
      "读书会",
      "法律咨询",
      "棉衣",
      "爱心餐",
    ]),
  );
  expect([...place.querySelectorAll("a")].map((one) => one.getAttribute("href"))).toEqual([
    "/activities",
    "/desks",
    "/gifts",
    "/vouchers/9",
  ]);
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { today } from "../shared/words";
import { soon, there } from "../testing";
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
    "/me/station-volunteering": {
      shifts: [
        { id: "11", task: "整理图书", day: today(), hours_text: "00:00-24:00", station: "东河站", may_offer: true },
        { id: "12", task: "义剪", day: today(), hours_text: "00:00-24:00", station: "东河站", may_offer: false },
      ],
    },
    "/me/station-gifts": {
      mine: [
        { id: "7", gift: "棉衣", state: "reserved", until: at(9) },
        { id: "8", gift: "书", state: "taken", until: at(9) },
      ],
    },
    "/me/vouchers": [
      { id: "9", title: "爱心餐", state: "claimed", use_until: at(20) },
      { id: "10", title: "观影", state: "redeemed", use_until: at(20) },
    ],
  };
  serve((address) => json(answers[Object.keys(answers).find((path) => address.endsWith(path)) ?? ""]));
  const { place } = draw(createElement(Waiting));
  await soon(() =>
    expect([...place.querySelectorAll("b")].map((one) => one.textContent)).toEqual([
      "整理图书",
      "读书会",
      "法律咨询",
      "棉衣",
    ]),
  );
  expect([...place.querySelectorAll("a")].map((one) => one.getAttribute("href"))).toEqual([
    "/volunteer",
    "/activities",
    "/desks",
    "/gifts",
  ]);
  expect(place.textContent).toContain("还有 1 项");
});

test("a voucher for a batch tells the batch's days, or that one is still to be chosen", async () => {
  const batch = (day: string) => ({ starts_on: day, ends_on: day, place: { name: "职工医院" } });
  const claimed = (id: string, more: object) => ({ id, title: "体检", state: "claimed", use_until: at(2000), ...more });
  const vouchers = [
    claimed("1", { by_batch: true }),
    claimed("2", { by_batch: true, batch: batch("2000-01-01") }),
    claimed("3", { by_batch: true, batch: batch("2099-05-04") }),
  ];
  serve((address) => (address.endsWith("/me/vouchers") ? json(vouchers) : json({}, 404)));
  const { place } = draw(createElement(Waiting));
  await there(() => place.querySelector('a[href="/vouchers/3"]'));
  const told = (id: string) => place.querySelector(`a[href="/vouchers/${id}"]`)?.textContent;
  expect(told("1")).toContain("请先选择批次");
  expect(told("2")).toContain("有效期至");
  expect(told("3")).toContain("2099年5月4日 · 职工医院");
  // A batch that was missed comes no sooner than the voucher ends.
  const order = [...place.querySelectorAll("a")].map((one) => one.getAttribute("href"));
  expect(order).toEqual(["/vouchers/1", "/vouchers/2", "/vouchers/3"]);
});

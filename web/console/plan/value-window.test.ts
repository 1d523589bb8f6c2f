import { createElement } from "react";
import { expect, test } from "vitest";
import type { IndicatorView } from "../../client/types";
import { soon, there, type } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import { Values } from "./value-window";

const indicator = { id: "9", name: "宣讲场次", scale: "count", unit: "场", cumulative: true } as IndicatorView;
const row = {
  id: "5",
  organisation_id: "2",
  organisation: "包头市总工会",
  value: 3,
  day: "2026-06-30",
  note: "第四号",
};

function page(items: object[], hasBelow = true) {
  const organisation = { id: "2", name: "包头市总工会", hasBelow };
  const sent = serve({
    "GET /session": officer("plan.record"),
    "GET /indicators/9/values": { items, total: items.length },
    "POST /indicator-values/5/reverse": {},
  });
  return { sent, place: draw(createElement(Values, { indicator, organisation })).place };
}

test("a value that was told for the wrong union is taken back with a reason", async () => {
  const { sent } = page([row]);
  await press("冲销");
  const window = await there(() => document.querySelector<HTMLElement>(".ant-modal"));
  expect(window.textContent).toContain("包头市总工会 3 场");
  type(await there(() => window.querySelector("textarea")), "填错了单位");
  [...window.querySelectorAll("button")].find((one) => one.textContent?.replace(" ", "") === "冲销")?.click();
  const told = await there(() => sent.find((one) => one.method === "POST"));
  expect([told.path, told.body]).toEqual(["/indicator-values/5/reverse", { reason: "填错了单位" }]);
});

test("what was taken back says why and is not taken back again", async () => {
  const { place } = page([{ ...row, reversed_at: "2026-07-01T00:00:00Z", reversed_because: "填错了单位" }]);
  await soon(() => expect(place.textContent).toContain("已冲销：填错了单位"));
  expect([...place.querySelectorAll("button")].map((one) => one.textContent)).not.toContain("冲销");
});

test("who tells a value is told whose it is, and that it stands for those below", async () => {
  page([]);
  await press("填报");
  const window = await there(() => document.querySelector<HTMLElement>(".ant-modal"));
  await soon(() => expect(window.textContent).toContain("填报单位：包头市总工会。填报数包括所有下级"));
});

test("where nobody is below nothing is said of them", async () => {
  page([], false);
  await press("填报");
  const window = await there(() => document.querySelector<HTMLElement>(".ant-modal"));
  await soon(() => expect(window.textContent).toContain("填报单位：包头市总工会"));
  expect(window.textContent).not.toContain("下级");
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import { OfferWindow } from "./offer-window";

const DRAFT = {
  id: "7",
  title: "爱心餐",
  state: "draft",
  way: "first_come",
  unit_fen: 1500,
  version: 1,
  organisation_id: "2",
  kind: "meal",
  hold_hours: 0,
  companions: 0,
  redeem_from: "2026-07-01",
  redeem_until: "2026-08-31",
  audience: { members_only: true },
  places: [{ id: "208", name: "208号驿站" }],
  rounds: [
    { id: "8", opens_at: "2026-07-01T09:00:00+08:00", closes_at: "2026-07-09T09:00:00+08:00", total: 5, shares: [] },
  ],
};

test("a price that was emptied is asked for, and not taken for nothing", async () => {
  const sent = serve({});
  const none = () => undefined;
  draw(createElement(OfferWindow, { shown: "new", close: none, done: none }));
  const price = await there(() => document.querySelector<HTMLInputElement>("input#unit_yuan"));
  type(price, "");
  await press("保存");
  await soon(() => expect(document.body.textContent).toContain("请填写单价"));
  expect(sent.filter((one) => one.method === "POST")).toEqual([]);
});

test("all places of a union are chosen at once, however many pages they fill", async () => {
  const place = (n: number) => ({ id: String(n), name: `${n}号驿站` });
  const pages = [
    { items: Array.from({ length: 200 }, (_, n) => place(n + 1)), total: 208, next: "200" },
    { items: Array.from({ length: 8 }, (_, n) => place(n + 201)), total: 208, next: null },
  ];
  const sent = serve({
    "GET /benefit-partners": (one: { path: string }) => pages[one.path.includes("cursor=200") ? 1 : 0],
  });
  const none = () => undefined;
  draw(createElement(OfferWindow, { shown: DRAFT as never, close: none, done: none }));
  await press("选中该工会及下级的全部核销点");
  await soon(() => expect(document.body.textContent).toContain("201号驿站"));
  await press("保存");
  const put = await soon(() => {
    const found = sent.find((one) => one.method === "PUT");
    if (!found) throw new Error("nothing was saved");
    return found.body as { places: string[] };
  });
  // The one that it had before is not there twice.
  expect(put.places).toHaveLength(208);
  expect(new Set(put.places).size).toBe(208);
});

test("an event that is older than those to choose from keeps a name", async () => {
  serve({
    "GET /session": officer("membership.view_events"),
    "GET /events": { items: [{ id: "60", title: "骑手入会日" }], total: 1 },
  });
  const none = () => undefined;
  draw(createElement(OfferWindow, { shown: { ...DRAFT, event_id: "5" } as never, close: none, done: none }));
  await soon(() => expect(document.body.textContent).toContain("已选的活动"));
});

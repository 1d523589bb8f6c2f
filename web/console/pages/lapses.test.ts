import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, serve } from "../testing";
import Lapses from "./lapses";

test("who was talked to is shown with the day from which he may be ended, until that has come", async () => {
  const lapse = { last_on: "2026-07-01", noticed_on: "2027-01-01", talked_on: "2027-01-07", talk: "答应补缴" };
  const items = [
    { member: { id: "7", name: "张*" }, lapse: { ...lapse, may_end_on: "2027-02-06", may_end: false } },
    { member: { id: "8", name: "李*" }, lapse: { ...lapse, may_end_on: "2027-02-05", may_end: true } },
  ];
  serve({ "GET /lapses": { items, total: 2 } });
  const { place } = draw(createElement(Lapses), "/lapses", "/lapses?talked=true");
  await soon(() => expect(place.textContent).toContain("2027年2月6日起可办结"));
  expect(place.textContent).not.toContain("2027年2月5日");
});

test("those whose time after the talk is over are asked for by themselves, as many as the home page tells of", async () => {
  const sent = serve({ "GET /lapses": { items: [], total: 0 } });
  draw(createElement(Lapses), "/lapses", "/lapses?talked=over&organisation=2");
  const { path } = await there(() => sent.find((one) => one.path.startsWith("/lapses?")));
  expect(path).toBe("/lapses?organisation=2&may_end=true");
});

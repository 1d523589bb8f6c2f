import { createElement, Fragment, type ReactElement } from "react";
import { expect, test } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import { useMine } from "../use-mine";
import { Corner } from "./corner";
import { Roster } from "./roster";
import { SaidHere } from "./said";

const STATION = "/me/stations/7";

/** What stands above each part: among it how much of everything waits. */
function Above() {
  useMine(STATION);
  return null;
}

/** Draws a part of the station's page; tells how often what stands above was asked for. */
function drawn(part: ReactElement, answer: (address: string) => unknown) {
  let asked = 0;
  serve((address) => {
    if (!address.endsWith(STATION)) return json(answer(address));
    asked += 1;
    return json({});
  });
  const { place } = draw(createElement(Fragment, null, createElement(Above), part));
  return { place, asked: () => asked };
}

test("an answered rating no longer waits", async () => {
  const rating = { id: "3", points: 4, said: "水不热", said_at: "2026-07-05T09:10:00+08:00" };
  const { place, asked } = drawn(createElement(SaidHere, { station: "7" }), (address) =>
    address.endsWith("/reply") ? rating : [rating],
  );
  const form = await there(() => place.querySelector("form"));
  await soon(() => expect(asked()).toBe(1));
  type(form.querySelector("input") as HTMLInputElement, "已修好");
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await soon(() => expect(asked()).toBe(2));
});

test("a gift that was handed over no longer waits", async () => {
  const claim = { id: "3", gift: "手套", quantity: 1, name: "张*", until: "2026-07-07T09:00:00+08:00" };
  const { asked } = drawn(createElement(Corner, { station: "7" }), (address) =>
    address.endsWith("/gift-hand-over") ? claim : { gifts: [], reserved: [claim], handed: [] },
  );
  await press("已交给本人");
  await soon(() => expect(asked()).toBe(1));
  await press("确定已交");
  await soon(() => expect(asked()).toBe(2));
});

test("hours that were confirmed no longer wait", async () => {
  const helper = { id: "5", name: "李*", standing: "待确认时长", most: 2, hours: null };
  const when = { day: "2026-07-05", hours_text: "14:00-16:00", due: true, begun: true };
  const shift = { id: "4", task: "整理图书", signed: 1, wanted: 1, volunteers: [helper], ...when };
  const { asked } = drawn(createElement(Roster, { station: "7" }), (address) =>
    address.endsWith("/shift-hours") ? helper : { shifts: [shift], posts: [] },
  );
  await there(() => document.querySelector("select"));
  await soon(() => expect(asked()).toBe(1));
  await press("确认时长");
  await soon(() => expect(asked()).toBe(2));
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, serve } from "../testing";
import { StationWindow } from "./station-window";
import { STATION } from "./testing";

test("half a position is asked for the other half, where it was dropped without a word", async () => {
  const sent = serve({ "GET /station-catalogue": [], "PUT /stations/7": STATION });
  draw(createElement(StationWindow, { shown: STATION, close: () => undefined, done: () => undefined }));
  const field = (label: string) => there(() => document.querySelector<HTMLInputElement>(`[aria-label=${label}]`));
  type(await field("经度"), "109.84");
  await press("保存");
  await soon(() => expect(document.body.textContent).toContain("请填写纬度"));
  type(await field("纬度"), "40.65");
  await press("保存");
  const put = await there(() => sent.find((one) => one.method === "PUT"));
  expect(put.body).toMatchObject({ position: { longitude: 109.84, latitude: 40.65, system: "wgs84" } });
});

test("what a map gives in one line fills both fields, where it was lost without a word", async () => {
  const sent = serve({ "GET /station-catalogue": [], "PUT /stations/7": STATION });
  draw(createElement(StationWindow, { shown: STATION, close: () => undefined, done: () => undefined }));
  const field = await there(() => document.querySelector("[aria-label=经度]"));
  const pasted = { clipboardData: { getData: () => "109.84, 40.65" } };
  field.dispatchEvent(Object.assign(new Event("paste", { bubbles: true, cancelable: true }), pasted));
  await press("保存");
  const put = await there(() => sent.find((one) => one.method === "PUT"));
  expect(put.body).toMatchObject({ position: { longitude: 109.84, latitude: 40.65, system: "wgs84" } });
});

test("days that differed long ago stand below a button, and stay as they were", async () => {
  const differs = (day: string) => ({ day, spans: [], reason: "检修" });
  const exceptions = [differs("2025-10-01"), differs("2026-07-04"), differs("2026-07-05"), differs("2026-10-01")];
  const shown = { ...STATION, hours: { ...STATION.hours, exceptions } };
  const sent = serve({ "GET /station-catalogue": [], "PUT /stations/7": STATION });
  draw(createElement(StationWindow, { shown, close: () => undefined, done: () => undefined }));
  const seen = () =>
    [...document.querySelectorAll<HTMLInputElement>('input[aria-label="日期"]')].filter(
      (field) => field.closest<HTMLElement>(".ant-space")?.style.display !== "none",
    );
  await soon(() => expect(seen().map((field) => field.value)).toEqual(["2026-07-05", "2026-10-01"]));
  await press("已经过去的2天");
  await soon(() => expect(seen()).toHaveLength(4));
  await press("保存");
  const put = await there(() => sent.find((one) => one.method === "PUT"));
  expect(put.body).toMatchObject({ hours: { exceptions } });
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, json, serve } from "../testing";
import { Room } from "./room";

const LOCK = { id: "1", kind: "lock", label: "正门门锁", words: "门关着", alarms: [], battery: 64, battery_low: false };

test("whose battery runs low is told to the master", async () => {
  const devices = [LOCK, { ...LOCK, id: "2", label: "后门门锁", battery: 14, battery_low: true }];
  serve(() => json({ devices, alarms: [], openings: [] }));
  const { place } = draw(createElement(Room, { station: "7" }));
  await soon(() => expect(place.querySelectorAll(".box").length).toBe(2));
  const told = [...place.querySelectorAll(".box")].map((box) => box.textContent);
  expect(told[0]).toContain("电量64%设备");
  expect(told[1]).toContain("电量14%，请尽快充电或换电池");
});

test("who opens a door from afar reads beside the button what becomes of it", async () => {
  const order = { id: "5", device: "正门门锁", kind: "open", words: "设备没有应答，指令已作废", by: "站长远程" };
  const openings = [{ ...order, asked_at: "2026-07-05T09:30:00+08:00" }];
  serve(() => json({ devices: [LOCK, { ...LOCK, id: "2", label: "后门门锁" }], alarms: [], openings }));
  const { place } = draw(createElement(Room, { station: "7" }));
  await soon(() => expect(place.querySelectorAll(".box").length).toBe(2));
  const told = [...place.querySelectorAll(".box [role=status]")].map((one) => one.textContent);
  expect(told[0]).toMatch(/^最近一次：设备没有应答，指令已作废（.*7月5日 09:30）$/);
  expect(told[1]).toBe("");
});

test("it is told whether the master or the machine switched the power off", async () => {
  const off = { id: "5", device: "总电源", kind: "power_off", words: "已断电", asked_at: "2026-07-05T09:30:00+08:00" };
  const openings = [
    { ...off, by: "自动" },
    { ...off, id: "6", by: "站长远程" },
  ];
  serve(() => json({ devices: [], alarms: [], openings }));
  const { place } = draw(createElement(Room, { station: "7" }));
  const told = await there(() =>
    place.querySelector(".line") ? [...place.querySelectorAll(".line .quiet")] : undefined,
  );
  expect(told.map((one) => one.textContent)).toEqual(["自动", "站长远程"]);
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import Stations from "./stations";

const STATION = { id: "8", name: "友谊驿站", code: "BT-001", state: "open", state_label: "开放", now: {}, faults: 0 };

test("what was wrong at the last look round stands beside whether it was looked round today", async () => {
  const row = { ...STATION, neglected: [], checked_today: true };
  const rows = [
    { ...row, wrong_points: 2 },
    { ...row, id: "9", name: "和平驿站", wrong_points: 0 },
  ];
  const sent = serve({ "GET /stations": { items: rows, total: 2 }, "GET /station-catalogue": [] });
  const { place } = draw(createElement(Stations), "/stations", "/stations?attention=round_wrong");
  await soon(() => expect(place.textContent).toContain("和平驿站"));
  const told = [...place.querySelectorAll("tbody tr[data-row-key]")].map((one) => one.textContent);
  expect(told[0]).toContain("已检查检查有 2 项不正常");
  expect(told[1]).not.toContain("不正常");
  expect(sent.some((one) => one.path.includes("attention=round_wrong"))).toBe(true);
});

test("nobody is waited for at a station that is closed today", async () => {
  const row = { ...STATION, neglected: [], checked_today: false, opens_today: true };
  const rows = [row, { ...row, id: "9", name: "和平驿站", opens_today: false }];
  serve({ "GET /stations": { items: rows, total: 2 }, "GET /station-catalogue": [] });
  const { place } = draw(createElement(Stations), "/stations", "/stations");
  await soon(() => expect(place.textContent).toContain("和平驿站"));
  const told = [...place.querySelectorAll("tbody tr[data-row-key]")].map((one) => one.textContent);
  expect(told.map((words) => words?.includes("未检查"))).toEqual([true, false]);
});

test("the register asks for one kind of neglect, and each station tells what is neglected there", async () => {
  const neglected = [
    { kind: "fault", kind_label: "反映未核实", since: "2026-07-01", level: "above", level_label: "上级督办" },
    { kind: "round", kind_label: "漏检", since: "2026-07-04", level: "union", level_label: "工会督办" },
  ];
  const sent = serve({
    "GET /stations": { items: [{ ...STATION, neglected }], total: 1 },
    "GET /station-catalogue": [],
  });
  const { place } = draw(createElement(Stations), "/stations", "/stations?neglect=fault");
  await soon(() => expect(place.textContent).toContain("友谊驿站"));
  for (const words of ["反映未核实", "2026年7月1日起，上级督办", "漏检", "2026年7月4日起，工会督办"])
    expect(place.querySelector("tbody")?.textContent).toContain(words);
  expect(sent.some((one) => one.path.startsWith("/stations?") && one.path.includes("neglect=fault"))).toBe(true);
});

test("stations are asked for by their stars and by how long they weren't inspected, and taken away so", async () => {
  const sent = serve({
    "GET /session": officer("station.export"),
    "GET /stations": { items: [{ ...STATION, neglected: [], inspected_on: "2025-07-07" }], total: 1 },
    "GET /station-catalogue": [],
    "POST /stations/exports": { id: "9", state: "waiting" },
  });
  const of = "star=0&uninspected=12&sort=inspected";
  const { place } = draw(createElement(Stations), "/stations", `/stations?${of}`);
  await soon(() => expect(place.querySelector("tbody")?.textContent).toContain("2025年7月7日"));
  const asked = sent.find((one) => one.path.startsWith("/stations?"))?.path.split("?")[1];
  expect(Object.fromEntries(new URLSearchParams(asked))).toMatchObject(Object.fromEntries(new URLSearchParams(of)));
  await press("导出表格");
  await press("导出");
  const told = await there(() => sent.find((one) => one.method === "POST"));
  expect((told.body as { filter: object }).filter).toEqual({ star: 0, uninspected: 12, sort: "inspected" });
});

test("stations that were chosen are paused together, and it is said which are not and why", async () => {
  const row = { ...STATION, neglected: [] };
  const rows = [
    row,
    { ...row, id: "9", name: "和平驿站", state: "planned" },
    { ...row, id: "10", name: "青山驿站", state: "closed" },
  ];
  const sent = serve({
    "GET /session": {
      permissions: ["station.keep"],
      organisations: [{ id: "2", name: "包头市总工会" }],
      today: "2026-07-05",
    },
    "GET /stations": { items: rows, total: 3 },
    "GET /station-catalogue": [],
    "POST /stations/pause": { turned: 1, refused: [{ id: "9", reason: "驿站现在是“筹建”，不能这样办理。" }] },
  });
  const { place } = draw(createElement(Stations), "/stations", "/stations");
  const box = (name: string) => there(() => place.querySelector<HTMLInputElement>(`input[aria-label="选择${name}"]`));
  expect((await box("青山驿站")).disabled).toBe(true);
  (await box("友谊驿站")).click();
  (await box("和平驿站")).click();
  await press("批量暂停（2）");
  type(await there(() => document.querySelector<HTMLTextAreaElement>("textarea")), "寒潮停暖");
  expect(document.body.textContent).toContain("从哪天起（不填就是现在）");
  await press("暂停");
  await soon(() => expect(document.body.textContent).toContain("已暂停 1 个驿站，1 个没有暂停"));
  expect(document.body.textContent).toContain("和平驿站：驿站现在是“筹建”");
  expect(sent.find((one) => one.method === "POST")?.body).toEqual({ reason: "寒潮停暖", stations: ["8", "9"] });
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, serve } from "../testing";
import Station from "./station";

const STATION = {
  id: "8",
  code: "BT-001",
  name: "友谊驿站",
  organisation: "东河区总工会",
  state: "open",
  now: { text: "开放中" },
  access: "everyone",
  hours: {},
  stock: [],
  posts: [],
  neglected: [],
  ahead: { bookings: 0, activities: 0, shifts: 0, gifts: 0 },
};

const YEAR = { year: 2026, years: [2026], from: "2026-01-01", to: "2026-07-05", before_to: "2025-07-05", lines: [] };

function drawn(station: object, session = {}) {
  const who = { permissions: [], organisations: [{ id: "2", name: "包头市总工会" }], ...session };
  const sent = serve({
    "GET /session": who,
    "GET /stations/8": station,
    "GET /stations/8/year": YEAR,
    "GET /station-catalogue": [],
  });
  return { sent, place: draw(createElement(Station), "/stations/:id", "/stations/8").place };
}

test("a station that was closed by mistake is prepared anew, for a reason", async () => {
  const now = { open: false, text: "已撤销（场地到期）" };
  const closed = { ...STATION, state: "closed", now, shut_from: "2026-06-01" };
  const { sent, place } = drawn(closed, { permissions: ["station.keep"] });
  await press("恢复到筹建");
  type(await there(() => document.querySelector("textarea")), "点错了驿站");
  await press("恢复");
  const told = await there(() => sent.find((one) => one.method === "POST"));
  expect([told.path, told.body]).toEqual(["/stations/8/reopen", { reason: "点错了驿站" }]);
  expect(place.textContent).not.toContain("复查达标");
});

test("a service that is not given is not broken", async () => {
  const out = { works: false, seen_at: "2026-07-05T09:30:00+08:00" };
  const stock = [
    { ...out, code: "microwave", label: "微波炉", kind: "equipment" },
    { ...out, code: "haircut", label: "义剪", kind: "service" },
  ];
  const { place } = drawn({ ...STATION, stock });
  await soon(() => expect(place.textContent).toContain("微波炉设施故障"));
  expect(place.textContent).toContain("义剪服务暂停服务");
});

test("a pause that lies ahead is told, and taken back", async () => {
  const plan = { paused_from: "2026-07-05", paused_until: "2026-07-11", state_reason: "设备检修" };
  const { sent, place } = drawn({ ...STATION, ...plan }, { permissions: ["station.keep"] });
  await soon(() => expect(place.textContent).toContain("2026年7月5日—2026年7月11日（设备检修）"));
  await press("取消预定暂停");
  await press("照常开放");
  expect((await there(() => sent.find((one) => one.method === "POST"))).path).toBe("/stations/8/open");
});

test("a pause is planned from a later day on", async () => {
  const plan = { paused_from: "2026-07-05", paused_until: "2026-07-11", state_reason: "设备检修" };
  const { sent } = drawn({ ...STATION, ...plan }, { permissions: ["station.keep"], today: "2026-07-01" });
  await press("修改暂停");
  await press("保存");
  const { path, body } = await there(() => sent.find((one) => one.method === "POST"));
  expect([path, body]).toEqual(["/stations/8/pause", { reason: "设备检修", from: "2026-07-05", until: "2026-07-11" }]);
});

test("who pauses a station that is below standard gives a reason of his own", async () => {
  const below = {
    ...STATION,
    state: "paused",
    pauses: false,
    state_reason: "检查未达标，整改中",
    shut_from: "2026-06-01",
  };
  const { sent, place } = drawn(below, { permissions: ["station.keep"], today: "2026-07-01" });
  await soon(() => expect(place.textContent).toContain("2026年6月1日起不再显示为开放，复查达标后恢复"));
  await press("暂停开放");
  const reason = await there(() => document.querySelector("textarea"));
  expect(reason.value).toBe("");
  type(reason, "线路检修");
  await press("暂停");
  const told = await there(() => sent.find((one) => one.method === "POST"));
  expect([told.path, told.body]).toEqual(["/stations/8/pause", { reason: "线路检修" }]);
});

test("a station's page says what is neglected, since when, how high it climbed and where it is mended", async () => {
  const finding = { id: "1", kind: "finding", kind_label: "整改逾期", what: "有油污", inspection_id: "7" };
  const round = { id: "2", kind: "round", kind_label: "漏检", what: "没有开站检查的记录" };
  const neglected = [
    { ...finding, since: "2026-07-01", level: "above", level_label: "上级督办" },
    { ...round, since: "2026-07-05", level: "master", level_label: "站长处理" },
  ];
  const { place } = drawn({ ...STATION, neglected });
  await soon(() => expect(place.textContent).toContain("待处理"));
  const row = (words: string) => [...place.querySelectorAll("tr")].find((one) => one.textContent?.includes(words));
  for (const words of ["整改逾期", "2026年7月1日", "上级督办"]) expect(row("有油污")?.textContent).toContain(words);
  expect(row("有油污")?.querySelector("a")?.getAttribute("href")).toBe("/station-inspections/7");
  expect(row("没有开站检查的记录")?.textContent).toContain("站长处理");
  expect(place.querySelector(row("没有开站检查的记录")?.querySelector("a")?.getAttribute("href") ?? "")).not.toBeNull();
});

test("where nothing is neglected, no such heading stands", async () => {
  const { place } = drawn(STATION);
  await soon(() => expect(place.textContent).toContain("友谊驿站"));
  expect(place.textContent).not.toContain("待处理");
});

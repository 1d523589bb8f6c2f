import { createElement } from "react";
import { expect, test } from "vitest";
import { gone, soon, there, type } from "../../testing";
import Stations from "../pages/stations";
import { draw, press, type Sent, serve } from "../testing";

const SESSION = {
  permissions: ["station.inspect"],
  organisations: [{ id: "2", name: "包头市总工会" }],
  today: "2026-07-08",
};
const row = (id: string, name: string) => ({ id, name, code: id, state: "open", now: {}, neglected: [], faults: 0 });
const TIME = { kind: "planned", from: "2026-07-08", to: "2026-08-07", team: "市总工会" };

const STATIONS = { items: [row("8", "友谊驿站"), row("9", "和平驿站")], total: 2 };
const PLAN = "POST /station-inspections/plan";
const BASE = {
  "GET /session": SESSION,
  "GET /station-catalogue": [],
  "GET /organisations/2": { id: "2", name: "包头市总工会" },
  "GET /stations": STATIONS,
};
const told = (words: string) => soon(() => expect(document.body.textContent).toContain(words));

test("inspections of chosen stations, or of all that the list shows, are planned, and what is not planned is told", async () => {
  const refused = [{ id: "9", reason: "驿站已撤销，不能再安排检查。" }];
  const sent = serve({ ...BASE, [PLAN]: { planned: 1, inspections: ["81"], refused } });
  const { place } = draw(createElement(Stations), "/stations", "/stations?attention=inspection_overdue");
  const plan = async (button: string, says: string, sends: number) => {
    await press(button);
    await told(says);
    type(await there(() => document.querySelector<HTMLInputElement>(".ant-modal input#team")), "市总工会");
    await press("安排");
    await soon(() => expect(sent.filter((one) => one.method === "POST").length).toBe(sends));
    await gone("将为");
    return sent.filter((one) => one.method === "POST").slice(-1)[0]?.body;
  };
  (await there(() => place.querySelector<HTMLInputElement>('input[aria-label="选择和平驿站"]'))).click();
  expect(await plan("批量安排检查（1）", "将为选中的 1 个驿站安排检查。", 1)).toEqual({ ...TIME, stations: ["9"] });
  await told("和平驿站：驿站已撤销");
  await press("知道了");
  const all = "将为包头市总工会及下级的 2 个驿站安排检查（需要关注：“五强”检查已逾期）。";
  expect(await plan("为符合条件的驿站安排检查", all, 2)).toEqual({ ...TIME, stations: ["8", "9"] });
  const asked = sent.filter((one) => one.path.startsWith("/stations?") && one.path.includes("limit=200"));
  expect(asked.map((one) => one.path.includes("attention=inspection_overdue"))).toEqual([true]);
});

test("what was planned for many by mistake is cancelled together, and what stays is told", async () => {
  const taken = ["8", "9"].map((id) => ({ id, reason: "已经安排了检查。" }));
  const answers = [
    { planned: 2, inspections: ["81", "91"], refused: [] },
    { planned: 0, inspections: [], refused: taken },
  ];
  const sent = serve({
    ...BASE,
    [PLAN]: () => answers.shift(),
    "POST /station-inspections/cancel": {
      cancelled: 1,
      refused: [{ id: "91", reason: "这次检查已完成，不能再办理。" }],
    },
  });
  draw(createElement(Stations), "/stations", "/stations");
  for (const says of ["已安排 2 个", "和平驿站：已经安排了检查"]) {
    await press("为符合条件的驿站安排检查");
    await told("将为包头市总工会及下级的 2 个驿站安排检查（没有筛选，即列表里的全部驿站）。");
    type(await there(() => document.querySelector<HTMLInputElement>(".ant-modal input#team")), "市总工会");
    await press("安排");
    await told(says);
    await gone("将为");
  }
  await press("知道了");
  await press("取消刚安排的2次检查");
  await press("不取消");
  await soon(() => expect(document.querySelector(".ant-modal textarea")).toBeNull());
  await press("取消刚安排的2次检查");
  type(await there(() => document.querySelector<HTMLTextAreaElement>(".ant-modal textarea")), "选错了");
  await press("取消刚安排的2次检查");
  await told("和平驿站：这次检查已完成");
  expect(sent.filter((one) => one.method === "POST").slice(-1)[0]?.body).toEqual({
    inspections: ["81", "91"],
    reason: "选错了",
  });
});

test.each([
  [201, "驿站超过 200 个（没有筛选，即列表里的全部驿站），一次最多安排 200 个，请先筛选。"],
  [0, "没有符合条件的驿站（没有筛选，即列表里的全部驿站）。"],
])("%i stations are too many or too few to be planned for", async (length, says) => {
  const items = Array.from({ length }, (_, at) => row(`${at}`, `第${at}驿站`));
  serve({
    ...BASE,
    "GET /stations": ({ path }: Sent) => (path.includes("limit=200") ? { items, total: length } : STATIONS),
  });
  draw(createElement(Stations), "/stations", "/stations");
  await press("为符合条件的驿站安排检查");
  await told(says);
  expect(document.querySelector<HTMLButtonElement>(".ant-modal-footer .ant-btn-primary")?.disabled).toBe(true);
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import Stations from "../pages/stations";
import { draw, press, serve } from "../testing";

const SESSION = {
  permissions: ["station.inspect"],
  organisations: [{ id: "2", name: "包头市总工会" }],
  today: "2026-07-08",
};
const row = (id: string, name: string) => ({ id, name, code: id, state: "open", now: {}, neglected: [], faults: 0 });
const TIME = { kind: "planned", from: "2026-07-08", to: "2026-08-07", team: "市总工会" };

test("inspections of chosen stations, or of all that the list shows, are planned, and what is not planned is told", async () => {
  const sent = serve({
    "GET /session": SESSION,
    "GET /station-catalogue": [],
    "GET /stations": { items: [row("8", "友谊驿站"), row("9", "和平驿站")], total: 2 },
    "POST /station-inspections/plan": { planned: 1, refused: [{ id: "9", reason: "驿站已撤销，不能再安排检查。" }] },
  });
  const { place } = draw(createElement(Stations), "/stations", "/stations?attention=inspection_overdue");
  const plan = async (button: string, sends: number) => {
    await press(button);
    type(await there(() => document.querySelector<HTMLInputElement>(".ant-modal input#team")), "市总工会");
    await press("安排");
    await soon(() => expect(sent.filter((one) => one.method === "POST").length).toBe(sends));
    return sent.findLast((one) => one.method === "POST")?.body;
  };
  (await there(() => place.querySelector<HTMLInputElement>('input[aria-label="选择和平驿站"]'))).click();
  expect(await plan("批量安排检查（1）", 1)).toEqual({ ...TIME, stations: ["9"] });
  await soon(() => expect(document.body.textContent).toContain("和平驿站：驿站已撤销"));
  await press("知道了");
  expect(await plan("为符合条件的驿站安排检查", 2)).toEqual({ ...TIME, stations: ["8", "9"] });
  const asked = sent.filter((one) => one.path.startsWith("/stations?") && one.path.includes("limit=200"));
  expect(asked.map((one) => one.path.includes("attention=inspection_overdue"))).toEqual([true]);
});

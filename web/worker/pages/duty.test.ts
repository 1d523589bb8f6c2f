import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import DutyPage from "./duty";

const STATION = { id: "7", name: "友谊驿站", role_label: "站长", now: { open: true, text: "开放中" } };
const DAY = {
  station: STATION,
  visits: 0,
  services: 0,
  entries: [],
  rounds: [],
  stock: [],
  service_choices: [],
  groups: [],
  checks: [],
  alone: [],
};
const NONE = { findings: 0, reported: 0, unseen: 0, short: 0, kept: 0, hours: 0, unanswered: 0, alarms: 0 };

test("what waits at the station is told, each a way to the part where it is done", async () => {
  const pause = { text: "7月5日起暂停开放（设备检修），至7月11日", activities: 2, shifts: 0 };
  const answers: Record<string, unknown> = {
    "/me": { person_id: "3" },
    "/me/stations": [STATION],
    "/me/stations/7": { ...DAY, ...NONE, short: 2, kept: 3, unanswered: 1, alarms: 4, pause },
  };
  serve((address) => json(answers[address.replace("/api/v1", "")] ?? []));
  const { place } = draw(createElement(DutyPage), "/duty?station=7");
  await soon(() => expect(place.textContent).toContain("友谊驿站"));
  const ways = [...place.querySelectorAll(".standing a")].map((way) => [way.getAttribute("href"), way.textContent]);
  expect(ways).toEqual([
    ["/duty?station=7&part=room", "有 4 个报警没有解除（见“门与设备”）。"],
    ["/duty?station=7&part=meetings", "暂停期间有 2 场活动，是否照常请与工会商定（见“活动”）。"],
    ["/duty?station=7&part=supplies", "有 2 种药品、物资不足或临期、过期（见“药品物资”）。"],
    ["/duty?station=7&part=corner", "有 3 份爱心物品待领取（见“爱心角”）。"],
    ["/duty?station=7&part=said", "近30天有 1 条评价还没有回复（见“评价”）。"],
  ]);
  expect(place.textContent).toContain(pause.text);
  place.querySelector<HTMLAnchorElement>(".standing a[href$=said]")?.click();
  await soon(() => expect(place.querySelector("[aria-pressed=true]")?.textContent).toBe("评价"));
});

import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { draw, Refused, serve } from "../console/testing";
import { soon } from "../testing";
import { StationsWall } from "./stations-wall";

const figure = (key: string, label: string, value: number) => ({ key, label, value });
const USE = {
  organisation: "包头市总工会",
  from: "2026-06-06",
  to: "2026-07-05",
  stations: 208,
  open_now: 190,
  visits: 4100,
  services: 900,
  visits_today: 137,
  by_hour: [figure("9", "9时", 700)],
  by_day: [figure("2026-07-05", "07-05", 137)],
  by_group: [figure("courier", "快递员", 3000)],
  by_service: [figure("haircut", "义剪", 500)],
};
const place = { organisation_id: "3", organisation: "九原区总工会", workers: 2000, stations: 1, visits: 9, wanted: 2 };

/** The wall at a time that the test tells, and what it asked. */
function wall(need: object, use: () => unknown) {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"], now: new Date("2026-07-05T06:03:00Z") });
  const sent = serve({ "GET /stations/use": use, "GET /stations/need": need });
  return { ...draw(createElement(StationsWall, { organisation: "2" })), sent };
}

const says = (place: Element, words: string) => soon(() => expect(place.textContent).toContain(words));

test("the wall tells by hour, day, group and service who comes, and where a station is wanted", async () => {
  const { place: shown } = wall({ wanted: 2, places: [place] }, () => USE);
  for (const words of [
    "今天到站",
    "137",
    "190 / 208 个",
    "4,100 人次",
    "900 人次",
    "几点来的人多",
    "每天到站",
    "7月5日",
    "快递员",
  ])
    await says(shown, words);
  for (const words of ["义剪", "九原区总工会2 个"]) {
    vi.advanceTimersByTime(20_000);
    await says(shown, words);
  }
});

test("where no station is wanted the wall says so, too", async () => {
  const { place: shown } = wall({ wanted: 0, places: [{ ...place, wanted: 0 }] }, () => USE);
  await says(shown, "快递员");
  vi.advanceTimersByTime(40_000);
  await says(shown, "现有驿站够用");
});

test("the wall says since when it is old, also where a question hangs, asks anew, and ends for who lost the right", async () => {
  let answer: unknown = USE;
  const { client, place: shown, sent } = wall({ wanted: 0, places: [] }, () => answer);
  await says(shown, "每15秒更新");
  answer = new Refused(503, "busy", "服务正忙。");
  await client.invalidateQueries();
  await says(shown, "网络中断，正在重连；数字截至 2026年7月5日 14:03");
  await says(shown, "137");
  answer = USE;
  await client.invalidateQueries();
  await says(shown, "每15秒更新");
  answer = new Promise(() => undefined);
  vi.advanceTimersByTime(61_000);
  await says(shown, "数字截至 2026年7月5日 14:03");
  const asked = () => sent.filter((one) => one.path.startsWith("/stations/use")).length;
  const before = asked();
  answer = { ...USE, visits_today: 138 };
  vi.advanceTimersByTime(20_000);
  await says(shown, "每15秒更新");
  expect(asked()).toBeGreaterThan(before);
  answer = new Refused(403, "forbidden", "您没有查看驿站的权限。");
  await client.invalidateQueries();
  await says(shown, "您没有查看驿站的权限。");
});

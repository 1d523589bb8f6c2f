import { createElement } from "react";
import { expect, test } from "vitest";
import type { DutyDay } from "../../client/types";
import { today } from "../../shared/words";
import { press, soon } from "../../testing";
import { keep, waiting } from "../station/queue";
import { remember, remembered } from "../station/remembered";
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
    "/me/stations/7": {
      ...{ ...DAY, ...NONE, short: 2, kept: 3, unanswered: 1, alarms: 4, pause },
      shut_from: "2026-07-03",
      roster_until: "2026-07-08",
    },
  };
  serve((address) => json(answers[address.replace("/api/v1", "")] ?? []));
  const { place } = draw(createElement(DutyPage), "/duty?station=7");
  await soon(() => expect(place.textContent).toContain("友谊驿站"));
  const ways = [...place.querySelectorAll(".standing a")].map((way) => [way.getAttribute("href"), way.textContent]);
  expect(ways).toEqual([
    ["/duty?station=7&part=room", "有 4 个报警没有解除（见“门与设备”）。"],
    ["/duty?station=7&part=findings", "检查未达标，2026年7月3日前须复查达标，否则不再显示为开放。"],
    ["/duty?station=7&part=meetings", "暂停期间有 2 场活动，是否照常请与工会商定（见“活动”）。"],
    ["/duty?station=7&part=roster", "2026年7月8日之后没有排班，请接着排（见“排班”）。"],
    ["/duty?station=7&part=supplies", "有 2 种药品、物资不足或临期、过期（见“药品物资”）。"],
    ["/duty?station=7&part=corner", "有 3 份爱心物品待领取（见“爱心角”）。"],
    ["/duty?station=7&part=said", "近30天有 1 条评价还没有回复（见“评价”）。"],
  ]);
  expect(place.textContent).toContain(pause.text);
  place.querySelector<HTMLAnchorElement>(".standing a[href$=said]")?.click();
  await soon(() => expect(place.querySelector("[aria-pressed=true]")?.textContent).toBe("评价"));
});

test("a look round at the end of the day does not make up for the one before opening", async () => {
  const round = (id: string, kind: string) => ({
    id,
    kind,
    day: today(),
    kind_label: "",
    happened_at: "",
    points: [],
    photos: [],
  });
  const [closing, opening] = [round("1", "closing"), round("2", "opening")];
  // A page that stood open over night has the day before still.
  const before = { ...opening, day: "2026-07-01" };
  for (const [rounds, told] of [
    [[closing], true],
    [[before], true],
    [[closing, opening], false],
  ] as const) {
    const answers: Record<string, unknown> = {
      "/me": { person_id: "3" },
      "/me/stations": [STATION],
      "/me/stations/7": { ...DAY, ...NONE, rounds },
    };
    serve((address) => json(answers[address.replace("/api/v1", "")] ?? []));
    const { place } = draw(createElement(DutyPage), "/duty?station=7");
    await soon(() => expect(place.textContent).toContain("今天到站"));
    expect(place.textContent?.includes("今天还没有开站检查")).toBe(told);
  }
});

const CHOICES = {
  service_choices: [{ code: "haircut", label: "义剪" }],
  groups: [{ code: "courier", label: "快递员" }],
};

test("opened without a network the page takes entries, tells that they wait, and pretends no day", async () => {
  remember("3", { ...DAY, ...CHOICES, visits: 8 } as unknown as DutyDay);
  serve(() => Promise.reject(new TypeError("no network")));
  const { place } = draw(createElement(DutyPage), "/duty?station=7");
  await soon(() => expect(place.textContent).toContain("现在没有连上系统"));
  expect(place.textContent).toContain("友谊驿站");
  expect(place.textContent).not.toContain("人次");
  await press("登记到站");
  await soon(() => expect(place.textContent).toContain("1 条记在本机，联网后自动上报：到站：不分群体1人"));
  expect(waiting("7").map((one) => one.by)).toEqual(["3"]);
  await press("今天");
  await soon(() => expect(place.querySelector("[role=alert]")?.textContent).toContain("网络不通"));
});

test("a log-in that ran out takes no entries", async () => {
  remember("3", { ...DAY, ...CHOICES } as unknown as DutyDay);
  serve(() => json({ code: "unauthenticated", detail: "请先登录。" }, 401));
  const { place } = draw(createElement(DutyPage), "/duty");
  expect(place.querySelector("form")).not.toBeNull();
  await soon(() => expect(place.querySelector("form")).toBeNull());
});

test("a log-in that ran out takes no entries either where the other answer did not come", async () => {
  remember("3", { ...DAY, ...CHOICES } as unknown as DutyDay);
  serve((address) => {
    if (address.endsWith("/me")) return json({ code: "unauthenticated", detail: "请先登录。" }, 401);
    throw new TypeError("no network");
  });
  const { place } = draw(createElement(DutyPage), "/duty");
  expect(place.querySelector("form")).not.toBeNull();
  await soon(() => expect(place.querySelector("form")).toBeNull());
});

test("a post that ended takes no entries, and is forgotten", async () => {
  remember("3", { ...DAY, ...CHOICES } as unknown as DutyDay);
  serve((address) => json(address.endsWith("/me") ? { person_id: "3" } : address.endsWith("/7") ? DAY : []));
  const { place } = draw(createElement(DutyPage), "/duty");
  await soon(() => expect(place.textContent).toContain("您现在没有值守的驿站"));
  expect(remembered()).toBeUndefined();
});

test("what was remembered of whoever had the phone before is not the next one's", async () => {
  remember("3", { ...DAY, ...CHOICES } as unknown as DutyDay);
  serve((address) => {
    if (address.endsWith("/me")) return json({ person_id: "4" });
    throw new TypeError("no network");
  });
  const { place } = draw(createElement(DutyPage), "/duty");
  await soon(() => expect(place.textContent).toContain("网络不通"));
  expect(place.textContent).not.toContain("友谊驿站");
});

test("nothing is sent before the server has said whose log-in it is", async () => {
  remember("3", { ...DAY, ...CHOICES } as unknown as DutyDay);
  keep("7", "3", "entries", "到站：不分群体1人", { quantity: 1 });
  const sent: string[] = [];
  let say: (me: Response) => void = () => undefined;
  serve((address, { method }) => {
    if (method === "POST") sent.push(address);
    if (address.endsWith("/me")) return new Promise<Response>((answer) => (say = answer));
    return json(address.endsWith("/me/stations") ? [STATION] : { ...DAY, ...NONE, ...CHOICES });
  });
  const { place } = draw(createElement(DutyPage), "/duty");
  await soon(() => expect(place.textContent).toContain("今天到站"));
  expect(sent).toEqual([]);
  say(json({ person_id: "3" }));
  await soon(() => expect(sent).toEqual(["/api/v1/me/stations/7/entries"]));
});

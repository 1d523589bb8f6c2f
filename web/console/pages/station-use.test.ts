import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { daysOf } from "../station/use-period";
import { draw, officer, press, Refused, serve } from "../testing";
import StationUsePage from "./station-use";

test("a period that is named ends today, and the one before it with its last day", () => {
  expect(daysOf("days", "2026-07-05")).toEqual({ from: "2026-06-06", to: "2026-07-05" });
  expect(daysOf("month", "2026-07-05")).toEqual({ from: "2026-07-01", to: "2026-07-05" });
  expect(daysOf("last_month", "2026-03-31")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  expect(daysOf("quarter", "2026-05-31")).toEqual({ from: "2026-04-01", to: "2026-05-31" });
  expect(daysOf("last_quarter", "2026-02-05")).toEqual({ from: "2025-10-01", to: "2025-12-31" });
  expect(daysOf("last_year", "2026-02-05")).toEqual({ from: "2025-01-01", to: "2025-12-31" });
});

test("figures stand beside those of the year before, and each opens the records that make it up", async () => {
  const figure = (key: string, label: string) => ({ key, label, value: 1200, before: 800 });
  const station = { id: "8", code: "BT-001", name: "友谊驿站", organisation: "东河区总工会", faults: 0 };
  const entry = { id: "5", label: "到站", quantity: 6, happened_at: "2026-07-02T01:00:00Z" };
  const sent = serve({
    "GET /stations/use": {
      from: "2026-07-01",
      to: "2026-07-05",
      visits: 1200,
      visits_before: 800,
      services: 0,
      services_before: 3,
      by_hour: [figure("9", "9时")],
      by_weekday: [figure("2", "周三")],
      by_day: [figure("2026-07-02", "07-02")],
      by_group: [figure("", "不分群体")],
      by_service: [figure("haircut", "义剪")],
    },
    "GET /stations/use/ranks": {
      items: [{ ...station, visits: 1200, visits_before: 800, services: 0, services_before: 3 }],
      total: 7,
    },
    "GET /stations/use/records": { items: [{ station_id: "8", station: "友谊驿站", entry }], total: 1 },
  });
  const { place } = draw(createElement(StationUsePage), "/station-use", "/station-use?period=month&ranking=least");
  const told = await there(() => [...place.querySelectorAll("tr")].find((row) => row.textContent?.startsWith("9时")));
  expect(told.textContent).toBe("9时1,200800");
  expect(place.textContent).toContain("到站 1,200 人次（上年同期 800）");
  await there(() => (place.textContent?.includes("7 个驿站，这里列前 1 个") ? place : null));
  const asked = sent.map((one) => one.path).filter((path) => path.startsWith("/stations/use"));
  expect(asked.some((path) => path.includes("before=true") && path.includes("from=2026-07-01"))).toBe(true);
  expect(asked.some((path) => path.includes("ranks") && path.includes("ranking=least"))).toBe(true);
  const now = "from=2026-07-01&to=2026-07-05";
  const before = "from=2025-07-01&to=2025-07-05";
  for (const [label, query] of [
    ["到站：1,200", now],
    ["服务上年同期：3", `${before}&service=*`],
    ["9时：1,200", `${now}&hour=9`],
    ["周三上年同期：800", `${before}&weekday=2`],
    ["07-02：1,200", "from=2026-07-02&to=2026-07-02"],
    ["07-02上年同期：800", "from=2025-07-02&to=2025-07-02"],
    ["不分群体：1,200", `${now}&group=-`],
    ["义剪：1,200", `${now}&service=haircut`],
    ["友谊驿站到站：1,200", `${now}&station=8`],
    ["友谊驿站服务上年同期：3", `${before}&station=8&service=*`],
  ]) {
    place.querySelector<HTMLButtonElement>(`button[aria-label="${label}人次的记录"]`)?.click();
    const wanted = `/stations/use/records?organisation=2&${query}`;
    await there(() => sent.find((one) => one.path === wanted));
    await there(() => (document.querySelector(".ant-drawer")?.textContent?.includes("1 条") ? place : null));
  }
  expect(document.querySelector(".ant-drawer")?.textContent).toContain("2025年7月1日—2025年7月5日，合计 3 人次");
});

test("a figure that is sent by its address opens at once, and closes to the page", async () => {
  const sent = serve({
    "GET /stations/use": {
      ...{ from: "2026-07-01", to: "2026-07-05", visits: 9, visits_before: 4, services: 0, services_before: 0 },
      ...{
        by_hour: [{ key: "9", label: "9时", value: 6, before: 4 }],
        by_weekday: [],
        by_day: [],
        by_group: [],
        by_service: [],
      },
    },
  });
  const address = "/station-use?period=month&opened=hour.9.before";
  draw(createElement(StationUsePage), "/station-use", address);
  const drawer = () => document.querySelector(".ant-drawer")?.textContent;
  await soon(() => expect(drawer()).toContain("9时到站（上年同期） · 逐笔记录"));
  expect(drawer()).toContain("2025年7月1日—2025年7月5日，合计 4 人次");
  const asked = "/stations/use/records?organisation=2&from=2025-07-01&to=2025-07-05&hour=9";
  await there(() => sent.find((one) => one.path === asked));
  document.querySelector<HTMLElement>(".ant-drawer-close")?.click();
  await soon(() => expect(drawer()).toBeUndefined());
});

test("where no figures came the page neither goes on waiting for them nor says that there are none", async () => {
  const refused = new Refused(422, "no", "统计期间太长。");
  serve({ "GET /stations/use": refused, "GET /stations/use/ranks": refused });
  const { place } = draw(createElement(StationUsePage));
  await soon(() => expect(place.textContent?.match(/统计期间太长/g)).toHaveLength(2));
  expect(place.querySelector(".ant-spin-spinning")).toBeNull();
  expect(place.textContent).not.toMatch(/没有这样的驿站|没有登记/);
});

test("the stations to which nobody came for so many days are taken away, the days as a number", async () => {
  const sent = serve({
    "GET /session": officer("station.export"),
    "POST /stations/use/exports": { id: "9", state: "waiting" },
  });
  draw(createElement(StationUsePage), "/station-use", "/station-use?period=month&ranking=quiet&days=15");
  await press("导出表格");
  await press("导出");
  const told = await there(() => sent.find((one) => one.method === "POST"));
  expect(told.body).toMatchObject({ filter: { ranking: "quiet", days: 15 } });
});

test("ten stations stand above the figures, the others come when they are asked for, and keys go on where they come", async () => {
  const station = {
    organisation: "东河区总工会",
    faults: 0,
    visits: 9,
    visits_before: 0,
    services: 0,
    services_before: 0,
  };
  const items = Array.from({ length: 12 }, (_, at) => ({
    ...station,
    id: `${at}`,
    code: `BT-${at}`,
    name: `第${at}驿站`,
  }));
  serve({ "GET /stations/use/ranks": { items, total: 12 } });
  const { place } = draw(createElement(StationUsePage));
  const named = () => [...place.querySelectorAll("tbody a")].map((one) => one.textContent);
  await soon(() => expect(named()).toHaveLength(10));
  await press("显示全部12个");
  await soon(() => expect(named()).toHaveLength(12));
  await soon(() => expect(document.activeElement?.textContent).toBe("第10驿站"));
  await press("只显示前10个");
  await soon(() => expect(named()).toHaveLength(10));
  await soon(() => expect(document.activeElement?.getAttribute("aria-expanded")).toBe("false"));
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { there } from "../../testing";
import { daysOf } from "../station/use-period";
import { draw, press, serve } from "../testing";
import StationUsePage from "./station-use";

test("a period that is named ends today, and the one before it with its last day", () => {
  expect(daysOf("days", "2026-07-05")).toEqual({ from: "2026-06-06", to: "2026-07-05" });
  expect(daysOf("month", "2026-07-05")).toEqual({ from: "2026-07-01", to: "2026-07-05" });
  expect(daysOf("last_month", "2026-03-31")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  expect(daysOf("quarter", "2026-05-31")).toEqual({ from: "2026-04-01", to: "2026-05-31" });
  expect(daysOf("last_quarter", "2026-02-05")).toEqual({ from: "2025-10-01", to: "2025-12-31" });
  expect(daysOf("last_year", "2026-02-05")).toEqual({ from: "2025-01-01", to: "2025-12-31" });
});

test("figures stand beside those of the year before, and open the station's records", async () => {
  const figure = { key: "9", label: "9时", value: 1200, before: 800 };
  const station = { id: "8", code: "BT-001", name: "友谊驿站", organisation: "东河区总工会", faults: 0 };
  const sent = serve({
    "GET /stations/use": {
      from: "2026-07-01",
      to: "2026-07-05",
      visits: 1200,
      visits_before: 800,
      services: 0,
      services_before: 3,
      by_hour: [figure],
      by_weekday: [],
      by_day: [],
      by_group: [],
      by_service: [],
    },
    "GET /stations/use/ranks": {
      items: [{ ...station, visits: 1200, visits_before: 800, services: 0, services_before: 3 }],
      total: 7,
    },
  });
  const { place } = draw(createElement(StationUsePage), "/station-use", "/station-use?period=month&ranking=least");
  const link = await there(() => place.querySelector('a[href*="#entries"]'));
  expect(link.getAttribute("href")).toBe("/stations/8?from=2026-07-01&to=2026-07-05&service=-#entries");
  const told = await there(() => [...place.querySelectorAll("tr")].find((row) => row.textContent?.startsWith("9时")));
  expect(told.textContent).toBe("9时1,200800");
  expect(place.textContent).toContain("到站 1,200 人次（上年同期 800）");
  expect(place.textContent).toContain("7 个驿站，这里列前 1 个");
  const asked = sent.map((one) => one.path).filter((path) => path.startsWith("/stations/use"));
  expect(asked.some((path) => path.includes("before=true") && path.includes("from=2026-07-01"))).toBe(true);
  expect(asked.some((path) => path.includes("ranks") && path.includes("ranking=least"))).toBe(true);
});

test("the stations to which nobody came for so many days are taken away, the days as a number", async () => {
  const sent = serve({
    "GET /session": { permissions: ["station.export"], organisations: [{ id: "2", name: "包头市总工会" }] },
    "POST /stations/use/exports": { id: "9", state: "waiting" },
  });
  draw(createElement(StationUsePage), "/station-use", "/station-use?period=month&ranking=quiet&days=15");
  await press("导出表格");
  await press("导出");
  const told = await there(() => sent.find((one) => one.method === "POST"));
  expect(told.body).toMatchObject({ filter: { ranking: "quiet", days: 15 } });
});

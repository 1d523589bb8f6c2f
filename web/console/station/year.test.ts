import { createElement } from "react";
import { expect, test } from "vitest";
import type { StationView } from "../../client/types";
import { soon } from "../../testing";
import { draw, officer, serve } from "../testing";
import { Year } from "./year";

const OF = { id: "8", name: "友谊驿站", organisation_id: "2" } as StationView;
const month = (month: string, value: number, before: number) => ({ month, value, before });
const line = (subject: string, label: string, sum: number, before: number, growth_bp?: number) => ({
  subject,
  code: "",
  label,
  unit: "人次",
  sum,
  before,
  growth_bp,
  months: [month("2026-01", 0, before), month("2026-02", sum, 0)],
});
const YEAR = {
  year: 2026,
  years: [2026, 2025],
  from: "2026-01-01",
  to: "2026-02-05",
  before_to: "2025-02-05",
  lines: [line("visits", "到站", 1250, 1000, 2500), line("redeemed", "爱心餐", 3, 0)],
};

test("a year stands beside the same days before, and each figure opens its records to who may see them", async () => {
  const session = officer("station.view");
  const sent = serve({ "GET /session": session, "GET /stations/8/year": YEAR });
  const { place } = draw(createElement(Year, { of: OF }), "/stations/:id", "/stations/8?year=2026");
  await soon(() => expect(place.querySelectorAll("a")).toHaveLength(2));
  expect(sent.some((one) => one.path === "/stations/8/year?year=2026")).toBe(true);
  expect(place.textContent).toContain("上年同期到2025年2月5日");
  expect(place.textContent).toContain("+25.00%");
  expect(place.textContent).toContain("上年 1,000");
  const opened = [...place.querySelectorAll("a")].map((link) => link.getAttribute("aria-label"));
  // Settlements are benefits' own.
  expect(opened).toEqual(["1,250人次：2026年到站的记录", "1,250人次：2月到站的记录"]);
});

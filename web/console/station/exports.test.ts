import { createElement } from "react";
import { expect, test } from "vitest";
import { there } from "../../testing";
import Activities from "../pages/station-activities";
import Gifts from "../pages/station-gifts";
import Incidents from "../pages/station-incidents";
import Inspections from "../pages/station-inspections";
import Requests from "../pages/station-requests";
import Shifts from "../pages/station-shifts";
import Supplies from "../pages/station-supplies";
import { draw, press, serve } from "../testing";

const SESSION = {
  permissions: ["station.export"],
  organisations: [{ id: "2", name: "包头市总工会" }],
  today: "2026-07-05",
};
const DAYS = { from: "2026-07-01", to: "2026-07-03" };
const PERIOD = "from=2026-07-01&to=2026-07-03";
const CASES = [
  { page: Inspections, of: "station=8&star=0", to: "inspections", filter: { station: "8", star: 0 } },
  { page: Activities, of: "station=8&over=false", to: "activities", filter: { station: "8", over: false } },
  { page: Requests, of: `q=BT&${PERIOD}`, to: "requests", filter: { q: "BT", ...DAYS } },
  { page: Gifts, of: "q=BT&left=true", to: "gifts", filter: { q: "BT", left: true } },
  { page: Supplies, of: "kind=goods", to: "supplies", filter: { kind: "goods" } },
  { page: Incidents, of: `open=false&${PERIOD}`, to: "incidents", filter: { open: false, ...DAYS } },
  {
    page: Shifts,
    of: `over=true&due=true&${PERIOD}`,
    to: "shifts",
    filter: { over: true, due: true, ...DAYS },
  },
];

test.each(CASES)("what the page of $to shows is taken away", async ({ page, of, to, filter }) => {
  const waiting = { id: "9", state: "waiting" };
  const path = `/station-${to}/exports`;
  const sent = serve({
    "GET /session": SESSION,
    "GET /stations/8": { id: "8", name: "友谊驿站" },
    [`POST ${path}`]: waiting,
  });
  draw(createElement(page), "/", `/?${of}`);
  await press("导出表格");
  await press("导出");
  const told = await there(() => sent.find((one) => one.method === "POST"));
  expect([told.path, (told.body as { filter: object }).filter]).toEqual([path, filter]);
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import Activities from "../pages/station-activities";
import Desks from "../pages/station-desks";
import FindingsPage from "../pages/station-findings";
import Incidents from "../pages/station-incidents";
import InspectionsPage from "../pages/station-inspections";
import Requests from "../pages/station-requests";
import Shifts from "../pages/station-shifts";
import { draw, serve } from "../testing";
import { Entries } from "./days";

const PERIOD = "from=2026-07-01&to=2026-07-03";
const STATION = { id: "8", name: "友谊驿站", code: "BT-001" };
const CASES = [
  { name: "incidents", page: createElement(Incidents), path: "/station-incidents", of: `station=8&${PERIOD}` },
  { name: "shifts", page: createElement(Shifts), path: "/station-shifts", of: `station=8&over=all&${PERIOD}` },
  { name: "activities", page: createElement(Activities), path: "/station-activities", of: "station=8" },
  { name: "desks", page: createElement(Desks), path: "/station-desks", of: "station=8" },
  { name: "inspections", page: createElement(InspectionsPage), path: "/station-inspections", of: "station=8" },
  { name: "findings", page: createElement(FindingsPage), path: "/station-findings", of: `q=BT-001&${PERIOD}` },
  { name: "requests", page: createElement(Requests), path: "/station-requests", of: `q=BT-001&${PERIOD}` },
  {
    name: "entries",
    page: createElement(Entries, { station: "8" }),
    path: "/stations/8/entries",
    of: `service=haircut&${PERIOD}`,
  },
];

test.each(CASES)("$name are asked for as the address says, and it shows", async ({ page, path, of }) => {
  const sent = serve({
    "GET /stations/8": STATION,
    "GET /station-catalogue": [],
  });
  const { place } = draw(page, "/", `/?${of}`);
  const asked = await soon(() => {
    const found = sent.find((one) => one.path.startsWith(`${path}?`));
    if (!found) throw new Error("not asked yet");
    return new URLSearchParams(found.path.split("?")[1]);
  });
  for (const [name, value] of new URLSearchParams(of)) {
    // The page's own word for every day.
    if (name !== "over") expect([name, asked.get(name)]).toEqual([name, value]);
  }
  if (of.includes("station=")) await soon(() => expect(place.textContent).toContain("友谊驿站"));
  if (of.includes("from=")) {
    const days = [...place.querySelectorAll<HTMLInputElement>(".ant-picker-range input")].map((one) => one.value);
    expect(days).toEqual(["2026-07-01", "2026-07-03"]);
  }
});

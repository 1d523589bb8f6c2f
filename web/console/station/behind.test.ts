import { expect, test } from "vitest";
import { behind } from "./behind";

const OF = { id: "8", organisation_id: "2" };
const YEAR = { from: "2026-01-01", to: "2026-07-05" };

test("a figure opens no records of other months, and none of days that were not counted yet", () => {
  const visits = { subject: "visits", code: "" } as const;
  expect(behind(OF, YEAR, visits, "2026-02")).toBe(
    "/stations/8?year=2026&from=2026-02-01&to=2026-02-28&service=-#entries",
  );
  expect(behind(OF, YEAR, visits, "2026-07")).toContain("from=2026-07-01&to=2026-07-05");
  expect(behind(OF, YEAR, { subject: "service", code: "haircut" })).toContain(
    "from=2026-01-01&to=2026-07-05&service=haircut#",
  );
  // Who showed a code came or was served.
  expect(behind(OF, YEAR, { subject: "people", code: "" })).not.toContain("service=");
});

test("what other pages list is opened there, of this station alone", () => {
  const guests = { subject: "guests", code: "" } as const;
  expect(behind(OF, YEAR, guests, "2026-03")).toBe(
    "/station-guests?organisation=2&station=8&from=2026-03-01&to=2026-03-31",
  );
  for (const subject of ["volunteer_hours", "activities", "attendance"] as const)
    expect(behind(OF, YEAR, { subject, code: "" })).toContain("over=all");
  const meals = { subject: "redeemed", code: "meal" } as const;
  expect(behind(OF, YEAR, meals, "2026-03")).toBe(
    "/benefit-redemptions?redeemed_site=8&redeemed_kind=meal&redeemed_back=false" +
      "&redeemed_from=2026-03-01&redeemed_to=2026-03-31",
  );
});

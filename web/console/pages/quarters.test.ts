import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, officer, serve } from "../testing";
import Quarters from "./quarters";

test("who decides on a quarter opens its figures, learns when it was handed up, and goes on to those below", async () => {
  const approval = { id: "7", quarter: "2026Q1", state: "submitted", submitted_at: "2026-04-09T09:00:00+08:00" };
  serve({
    "GET /session": officer("plan.view", "plan.approve_quarter", "ledger.view"),
    "GET /quarter-approvals": {
      over: ["2026Q1"],
      rows: [
        { organisation_id: "2", organisation: "包头市总工会", own: true, quarters: [] },
        { organisation_id: "3", organisation: "东河区总工会", own: false, quarters: [approval] },
      ],
    },
  });
  const { place } = draw(createElement(Quarters), "/quarters", "/quarters?year=2026");
  const figures = await there(() => place.querySelector('[aria-label="看数据：东河区总工会2026年第一季度"]'));
  expect(figures.getAttribute("href")).toBe("/ledger?organisation=3&from=2026-01-01&to=2026-03-31");
  expect(place.textContent).toContain("2026年4月9日 09:00报送");
  const below = [...place.querySelectorAll("a")].find((link) => link.textContent === "东河区总工会");
  expect(below?.getAttribute("href")).toContain("year=2026&organisation=3");
});

test("a union that was founded later has nothing to hand up of the quarter before", async () => {
  const union = {
    organisation_id: "2",
    organisation: "高新区总工会",
    own: true,
    quarters: [],
    founded_on: "2026-06-15",
  };
  serve({
    "GET /session": officer("plan.view", "plan.submit_quarter"),
    "GET /quarter-approvals": { over: ["2026Q1", "2026Q2"], rows: [union] },
  });
  const { place } = draw(createElement(Quarters), "/quarters", "/quarters?year=2026");
  const cells = () => [...place.querySelectorAll(".ant-table-row td")].map((cell) => cell.textContent);
  await soon(() => expect(cells()).toEqual(["高新区总工会（本级）", "当时未成立", "未报送报送", "未结束", "未结束"]));
});

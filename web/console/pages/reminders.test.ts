import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, officer, serve } from "../testing";
import Reminders from "./reminders";

test("what one's own union is to answer is told from what others below are to, and can be sought", async () => {
  const row = { indicator: "爱心餐", sent_on: "2026-07-01", from: "自治区总工会", text: "请抓紧", done_at: null };
  const sent = serve({
    "GET /session": officer("plan.view", "plan.break_down"),
    "GET /reminders": {
      items: [
        { ...row, id: "7", organisation_id: "2", organisation: "包头市总工会" },
        { ...row, id: "8", organisation_id: "3", organisation: "东河区总工会" },
      ],
      total: 2,
    },
  });
  const { place } = draw(createElement(Reminders), "/reminders", "/reminders?received=true");
  const acts = () =>
    [...place.querySelectorAll(".ant-table-row")].map((one) => one.querySelector("button")?.textContent);
  await soon(() => expect(acts()).toEqual(["回复", "代为回复"]));
  expect(sent.some((one) => one.path.includes("open=true&received=true"))).toBe(true);
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, serve } from "../testing";
import Transfers from "./transfers";

test("the list behind what waits for an officer holds what he must answer, and says so", async () => {
  for (const [overdue, read] of [
    ["false", "待我答复"],
    ["true", "逾期待我决定"],
  ]) {
    const sent = serve({});
    const { place } = draw(createElement(Transfers), "/transfers", `/transfers?overdue=${overdue}`);
    await soon(() => expect(place.textContent).toContain(read));
    await soon(() => expect(sent.slice(-1)[0]?.path).toContain(`overdue=${overdue}`));
  }
});

test("a membership that lies with another side is named, and leads nowhere", async () => {
  const row = { state: "waiting", asked_on: "2026-07-01", due_on: "2026-07-31", reason: "换了工作", overdue: false };
  const items = [
    { ...row, id: "1", member_id: "7", name: "张*", sees_member: true, may_withdraw: true },
    { ...row, id: "2", member_id: "8", name: "李*", sees_member: false },
  ];
  serve({ "GET /transfers": { items, total: 2 } });
  const { place } = draw(createElement(Transfers), "/transfers", "/transfers");
  await soon(() => expect(place.textContent).toContain("李*"));
  expect([...place.querySelectorAll("a")].map((one) => one.getAttribute("href"))).toEqual(["/members/7"]);
  // Only whose own side asked may take it back.
  expect([...place.querySelectorAll("button")].filter((one) => one.textContent === "撤回转接").length).toBe(1);
});

import { createElement, Fragment, useState } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import { NewPlan, useNewPlan } from "./new-plan";

test("at the year's end a plan is made for the next year, like this year's", async () => {
  const plan = (id: string, year: number, organisation_id: string) => ({
    id,
    year,
    title: `${year}年工作要点`,
    organisation_id,
    organisation: organisation_id === "2" ? "包头市总工会" : "自治区总工会",
    state: "published",
  });
  const sent = serve({
    "GET /session": { ...officer("plan.edit"), today: "2026-12-20" },
    "GET /plans": { items: [plan("9", 2027, "1"), plan("8", 2026, "2")], total: 2 },
    "POST /plans": { id: "10" },
  });
  const Page = () => {
    const [open, show] = useState(false);
    const { initial } = useNewPlan();
    const begin = createElement("button", { type: "button", onClick: () => show(true) }, `编制${initial.year}年计划`);
    return createElement(Fragment, null, begin, createElement(NewPlan, { open, close: () => undefined }));
  };
  draw(createElement(Page));
  await press("编制2027年计划");
  const field = (label: string) =>
    there(() => {
      const named = [...document.querySelectorAll("label")].find((one) => one.textContent === label);
      return named && document.querySelector<HTMLInputElement>(`[id="${named.htmlFor}"]`);
    });
  const select = await field("沿用哪份计划（可不选）");
  expect((await field("年度")).value).toBe("2027");
  expect((await field("计划名称")).value).toBe("2027年工作要点");
  select.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  (
    await there(() =>
      [...document.querySelectorAll<HTMLElement>(".ant-select-item-option")].find(
        (one) => one.textContent === "2026年工作要点（包头市总工会）",
      ),
    )
  ).click();
  await press("保存");
  await soon(() => expect(sent.some((one) => one.method === "POST")).toBe(true));
  expect(sent.find((one) => one.method === "POST")?.body).toEqual({
    organisation_id: "2",
    year: 2027,
    title: "2027年工作要点",
    like: "8",
  });
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, serve } from "../testing";
import BenefitKinds from "./benefit-kinds";

const MEAL = {
  code: "meal",
  label: "爱心餐",
  unit: "份",
  fact_kind: "love_meal",
  offered: true,
  sort: 1,
  version: 3,
};
const FACTS = [{ code: "love_meal", label: "爱心餐", unit: "份", measures: ["items"], hand_recorded: true }];
const answers = (permissions: string[]) => ({
  "GET /session": { permissions, organisations: [{ id: "1", name: "自治区总工会" }] },
  "GET /organisations/1": { id: "1", path: [{ id: "1" }] },
  "GET /benefit-kinds": [MEAL, { ...MEAL, code: "film", label: "电影票", fact_kind: "benefit_ticket", offered: false }],
  "GET /fact-kinds": FACTS,
  "PUT /benefit-kinds/meal": MEAL,
});

test("a kind is renamed as it was read, and what it counts as stays", async () => {
  const sent = serve(answers(["benefit.view", "benefit.kinds"]));
  const { place } = draw(createElement(BenefitKinds));
  await soon(() => expect(place.textContent).toContain("停用"));
  await soon(() => {
    const first = place.querySelector<HTMLButtonElement>("tr[data-row-key=meal] button");
    if (!first) throw new Error("not drawn yet");
    first.click();
  });
  const label = await there(() => document.querySelector<HTMLInputElement>(".ant-modal input#label"));
  type(label, "暖心餐");
  await press("保存");
  const put = await there(() => sent.find((one) => one.method === "PUT"));
  expect([put.path, put.headers["if-match"]]).toEqual(["/benefit-kinds/meal", '"3"']);
  expect(put.body).toEqual({ label: "暖心餐", unit: "份", fact_kind: "love_meal", offered: true, sort: 1 });
});

test("who only sees benefits sees the kinds and changes none", async () => {
  serve(answers(["benefit.view"]));
  const { place } = draw(createElement(BenefitKinds));
  await soon(() => expect(place.textContent).toContain("电影票"));
  expect(place.querySelectorAll("button")).toHaveLength(0);
});

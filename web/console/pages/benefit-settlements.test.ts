import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import BenefitSettlements from "./benefit-settlements";

const row = (id: string, over: object) => ({
  id,
  partner: `${id}号餐厅`,
  month_label: "2026年6月",
  over: true,
  state: "settled",
  state_label: "已结算",
  pieces: 2,
  amount_fen: 3000,
  confirmed: false,
  disputed: 0,
  paid_on: null,
  ...over,
});

test("those who were chosen are paid together, and only what is settled and not paid", async () => {
  const items = [
    row("1", {}),
    row("2", {}),
    row("3", { paid_on: "2026-07-01" }),
    row("4", { state: "open", state_label: "待结算" }),
  ];
  const sent = serve({
    "GET /session": { ...officer("benefit.settle"), today: "2026-07-05" },
    "GET /benefit-settlements": { items, total: 4, pieces: 8, amount_fen: 12_000 },
    "POST /benefit-settlements/pay": { paid: 1, refused: [{ id: "2", reason: "付款已经登记，请刷新后查看。" }] },
  });
  const { place } = draw(createElement(BenefitSettlements));
  const box = (id: string) =>
    there(() => place.querySelector<HTMLInputElement>(`input[aria-label="选择${id}号餐厅2026年6月"]`));
  expect((await box("3")).disabled).toBe(true);
  for (const id of ["1", "2", "4"]) (await box(id)).click();
  await soon(() => expect(place.textContent).toContain("结算选中（1）"));
  await press("登记付款（2）");
  await soon(() => expect(document.body.textContent).toContain("共 60.00 元"));
  await press("登记付款");
  await soon(() => expect(document.body.textContent).toContain("已登记 1 张的付款，1 张没有登记"));
  expect(document.body.textContent).toContain("2号餐厅 2026年6月：付款已经登记");
  const body = { statements: ["1", "2"], paid_on: "2026-07-05", note: "" };
  expect(sent.find((one) => one.method === "POST")?.body).toEqual(body);
});

test("what was paid and no line of the budget bore is booked anew by one act", async () => {
  const items = [row("1", { paid_on: "2027-01-05" }), row("2", { paid_on: "2027-01-06" })];
  const sent = serve({
    "GET /session": { ...officer("benefit.settle"), today: "2027-03-05" },
    "GET /benefit-settlements": { items, total: 2, pieces: 4, amount_fen: 6_000 },
    "POST /benefit-settlements/pay": { paid: 2, refused: [] },
  });
  const { place } = draw(createElement(BenefitSettlements), "/", "/?waiting=book");
  for (const id of ["1", "2"])
    (await there(() => place.querySelector<HTMLInputElement>(`input[aria-label="选择${id}号餐厅2026年6月"]`))).click();
  await press("重新列支（2）");
  await press("重新列支");
  await soon(() => expect(document.body.textContent).toContain("已重新提交 2 张"));
  const body = { statements: ["1", "2"], paid_on: "2027-01-05" };
  expect(sent.find((one) => one.method === "POST")?.body).toEqual(body);
  expect(document.body.textContent).not.toContain("登记付款");
});

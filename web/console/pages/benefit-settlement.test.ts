import { createElement } from "react";
import { expect, test } from "vitest";
import { there } from "../../testing";
import { draw, serve } from "../testing";
import BenefitSettlement from "./benefit-settlement";

const SHOWN = {
  id: "1",
  partner: "红旗街驿站",
  month_label: "2026年6月",
  organisation: "包头市总工会",
  state: "open",
  over: true,
  confirmed: false,
  disputed: 0,
  pieces: 2,
  amount_fen: 3_000,
  paid_on: null,
  settled_at: null,
  lines: [],
  days: [],
  bursts: [],
  disputes: [],
  bookings: [],
};

/** The button that settles a statement. */
async function settles(shown: object) {
  serve({ "GET /session": { permissions: ["benefit.settle"] }, "GET /benefit-settlements/1": { ...SHOWN, ...shown } });
  const { place } = draw(createElement(BenefitSettlement), "/benefit-settlements/:id", "/benefit-settlements/1");
  return there(() => place.querySelector<HTMLButtonElement>("button.ant-btn-primary"));
}

test("a statement is settled from its page", async () => {
  const button = await settles({});
  expect([button.textContent?.replace(/\s/g, ""), button.disabled]).toEqual(["结算", false]);
});

test("while a dispute waits for its answer the page says so instead of settling", async () => {
  const button = await settles({ disputed: 1 });
  expect([button.textContent, button.disabled]).toEqual(["1 条异议待答复，不能结算", true]);
});

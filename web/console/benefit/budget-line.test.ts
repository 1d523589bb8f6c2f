import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import BenefitOffer from "../pages/benefit-offer";
import { draw, officer, press, Refused, serve } from "../testing";
import { AmendWindow } from "./amend-window";

const OFFER = {
  id: "7",
  organisation_id: "2",
  title: "爱心餐",
  description: "",
  state: "published",
  way: "first_come",
  unit: "份",
  unit_fen: 1500,
  total: 100,
  given: 0,
  redeemed: 0,
  budget_line: "爱心餐补助",
  redeem_from: "2026-07-01",
  redeem_until: "2026-08-31",
  audience: {},
  audience_organisations: [],
  places: [],
  rounds: [],
  version: 1,
};
const PLAN = { year: 2026, state: "published" };
const PLANS = [
  { ...PLAN, id: "31", title: "自治区计划", organisation_id: "1" },
  { ...PLAN, id: "32", title: "包头市计划", organisation_id: "2" },
  { ...PLAN, id: "34", title: "还没有发布的计划", organisation_id: "2", state: "draft" },
];
const line = (name: string, left_fen: number) => ({ id: name, name, left_fen });

/** The plans of a city, whose officer may not see the budget of the region above it, if there is a plan there. */
const answers = (plans: object[], offer: object = OFFER) => ({
  "GET /session": { ...officer("benefit.publish", "benefit.keep", "plan.view"), today: "2026-07-05" },
  "GET /organisations/2": { id: "2", name: "包头市总工会", path: [{ id: "1" }, { id: "2" }] },
  "GET /plans": { items: plans, total: plans.length },
  "GET /plans/31/budget": new Refused(404, "not_found", "没有找到。"),
  "GET /plans/32/budget": { items: [line("爱心餐补贴", 100_000), line("礼包", 0)] },
  "GET /plans/34/budget": { items: [line("爱心餐补助", 1)] },
  "POST /benefit-offers/7/amend": offer,
  "POST /benefit-offers/7/publish": offer,
  "GET /benefit-offers/7": offer,
});

const amending = () =>
  draw(createElement(AmendWindow, { offer: OFFER as never, close: () => undefined, done: () => undefined }));

const field = () => there(() => document.querySelector<HTMLInputElement>("input#budget_line"));

test("a line that no plan has is said so, those of the plan are offered, and the new one is sent", async () => {
  const sent = serve(answers(PLANS.slice(1)));
  amending();
  await soon(() => expect(document.body.textContent).toContain("2026年已发布的计划里没有“爱心餐补助”"));
  const line = await field();
  expect(sent.filter((one) => one.path.startsWith("/plans?")).map((one) => one.path)).toEqual([
    expect.stringContaining("carried_out_by=2"),
  ]);
  type(line, "爱心餐补贴");
  await soon(() => expect(document.body.textContent).toContain("付款时列入“包头市计划”，余额 1,000.00 元"));
  await press("保存");
  await soon(() =>
    expect(sent.find((one) => one.method === "POST")?.body).toMatchObject({ budget_line: "爱心餐补贴" }),
  );
});

test("where a plan above has lines that one doesn't see, none is said to be missing", async () => {
  const sent = serve(answers(PLANS));
  amending();
  await field();
  await soon(() => expect(sent.some((one) => one.path === "/plans/32/budget")).toBe(true));
  await soon(() => expect(document.body.textContent).toContain("一字不差"));
  expect(document.body.textContent).not.toContain("里没有");
});

const HELD = { left_fen: 100_000, need_fen: 150_000, refused: null };

/** Presses the button that publishes a draft which is held so against its line. */
async function published(held: object, offer: object = {}) {
  const sent = serve({
    ...answers([], { ...OFFER, state: "draft", ...offer }),
    "GET /benefit-offers/7/budget": { ...HELD, ...held },
  });
  draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await press("发布");
  return { sent };
}
const text = () => document.body.textContent ?? "";

test("what may cost more than its line has left is asked for once more before it is published", async () => {
  const { sent } = await published({ need_fen: 160_000 });
  await soon(() => expect(text()).toContain("可能超出经费项目的余额"));
  expect(text()).toContain("本次最多支出 1,500.00 元");
  expect(text()).toContain("余额 1,000.00 元，用它的服务最多还要支出 1,600.00 元，超出 600.00 元");
  expect(sent.filter((one) => one.method === "POST")).toEqual([]);
  await press("仍要发布");
  await soon(() => expect(sent.find((one) => one.method === "POST")?.path).toBe("/benefit-offers/7/publish"));
});

test("what a draft may cost is asked once, when it is to be published, and then anew", async () => {
  const { sent } = await published({});
  const asked = () => sent.filter((one) => one.path === "/benefit-offers/7/budget").length;
  await soon(() => expect(text()).toContain("可能超出经费项目的余额"));
  expect(asked()).toBe(1);
  await press("取消");
  await press("发布");
  await soon(() => expect(asked()).toBe(2));
});

test("what its line bears is published as ever", async () => {
  await published({ need_fen: 100_000 }, { total: 10 });
  await soon(() => expect(text()).toContain("发布这项服务？"));
  expect(text()).toContain("余额 1,000.00 元，用它的服务最多还要支出 1,000.00 元。");
  expect(text()).not.toContain("超出");
});

test("where nobody can say what the line has left, it is said so before a draft is published", async () => {
  serve({
    ...answers([], { ...OFFER, state: "draft" }),
    "GET /benefit-offers/7/budget": new Refused(503, "busy", "忙。"),
  });
  draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await press("发布");
  await soon(() => expect(text()).toContain("现在查不到经费项目的余额"));
});

test("what the rules refuse is not asked for: the words of the refusal are told", async () => {
  const { sent } = await published({ refused: "超出500元，按规则不能发布。" });
  await soon(() => expect(text()).toContain("超出500元，按规则不能发布。"));
  expect(text()).not.toContain("仍要发布");
  await press("知道了");
  expect(sent.filter((one) => one.method === "POST")).toEqual([]);
});

test("a round that may cost more than the line has left is warned of before it is added", async () => {
  serve({ ...answers([]), "GET /benefit-offers/7/budget": { ...HELD, need_fen: 80_000 } });
  draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await press("增加场次");
  const total = await there(() => document.querySelector<HTMLInputElement>("input#round_total"));
  const warned = () => there(() => document.querySelector(".ant-modal [role=status]"));
  type(total, "20");
  await soon(async () => expect((await warned()).textContent).toContain("最多增加支出 300.00 元"));
  expect((await warned()).textContent).toContain("最多还要支出 1,100.00 元，超出 100.00 元");
  type(total, "10");
  await soon(async () => expect((await warned()).textContent).toContain("最多增加支出 150.00 元"));
  expect((await warned()).textContent).not.toContain("超出");
});

test("an offer that was let go beyond its line tells how far, by whom, when and why", async () => {
  const let_over = { most_fen: 150_000, by: "李干部", at: "2026-07-04T15:30:00+08:00", reason: "下月追加经费" };
  serve(answers(PLANS.slice(1), { ...OFFER, let_over }));
  const { place } = draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  const told = "李干部 2026年7月4日 15:30 放行，本项服务最多支出 1,500.00 元，原因：下月追加经费";
  await soon(() => expect(place.textContent).toContain(told));
});

test("where the rules say so, another officer lets an offer cost more than its line has left", async () => {
  const draft = { ...OFFER, state: "draft", may_be_let_over: true };
  const let_over = { most_fen: 150_000, by: "李干部", at: "2026-07-04T15:30:00+08:00", reason: "下月追加经费" };
  const sent = serve({
    ...answers([], draft),
    "GET /benefit-offers/7/budget": HELD,
    "POST /benefit-offers/7/let-over-budget": { ...draft, let_over },
  });
  draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await press("放行超出经费余额");
  await soon(() => expect(text()).toContain("余额 1,000.00 元，用它的服务最多还要支出 1,500.00 元，超出 500.00 元"));
  type(await there(() => document.querySelector<HTMLTextAreaElement>("textarea#reason")), "下月追加经费");
  await press("放行");
  const form = { most_fen: 150_000, reason: "下月追加经费" };
  await soon(() => expect(sent.find((one) => one.method === "POST")?.body).toEqual(form));
  // Once it was let so far, nobody need let it go again.
  await soon(() => expect(text()).toContain("原因：下月追加经费"));
  await soon(() => expect(text()).not.toContain("放行超出经费余额"));
});

test("a draft that its line bears need not be let go", async () => {
  const sent = serve({
    ...answers([], { ...OFFER, state: "draft", may_be_let_over: true }),
    "GET /benefit-offers/7/budget": { ...HELD, need_fen: 100_000 },
  });
  draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await soon(() => expect(text()).toContain("删除草稿"));
  await soon(() => expect(sent.some((one) => one.path === "/benefit-offers/7/budget")).toBe(true));
  expect(text()).not.toContain("放行超出经费余额");
});

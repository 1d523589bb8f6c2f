import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import BenefitOffer from "../pages/benefit-offer";
import { draw, officer, press, serve } from "../testing";

const OFFER = {
  id: "7",
  title: "爱心餐",
  state: "published",
  way: "first_come",
  unit: "份",
  total: 10,
  given: 3,
  redeemed: 1,
  redeem_from: "2026-07-01",
  redeem_until: "2026-08-31",
  audience: {},
  audience_organisations: [],
  places: [],
  rounds: [],
};
const ROW = { organisation: "骑手联合工会", claimed_at: "2026-07-05T09:00:00+08:00", use_until: OFFER.redeem_until };
const CLAIMS = [
  { ...ROW, id: "1", person_id: "11", name: "张*", state: "claimed", state_label: "待使用" },
  { ...ROW, id: "2", person_id: "12", name: "李*", state: "redeemed", state_label: "已使用" },
  { ...ROW, id: "3", person_id: "13", name: "王*", state: "voided", state_label: "已作废", voided_why: "不符合条件" },
];

async function reason(text: string) {
  const field = await there(() => document.querySelector<HTMLTextAreaElement>("textarea#reason"));
  type(field, text);
}

function opened(permissions: string[], today = "2026-08-31", offer = OFFER) {
  const sent = serve({
    "GET /session": { ...officer(...permissions), today },
    "GET /benefit-offers/7": offer,
    "GET /benefit-offers/7/claims": { items: CLAIMS, total: CLAIMS.length },
    "POST /benefit-claims/1/void": { ...CLAIMS[0], state: "voided" },
    "POST /benefit-offers/7/void": { claims: 2 },
  });
  return { sent, ...draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7") };
}

test("a voucher that waits is voided with a reason, and one that was voided shows it", async () => {
  const { sent } = opened(["benefit.publish"]);
  await soon(() => expect(document.body.textContent).toContain("不符合条件"));
  await press("作废");
  await reason("资格审核有误");
  await press("作废");
  await soon(() => expect(sent.find((one) => one.method === "POST")?.path).toBe("/benefit-claims/1/void"));
  expect(sent.find((one) => one.method === "POST")?.body).toEqual({ reason: "资格审核有误", back: false });
  await soon(() => expect(document.body.textContent).toContain("已作废，短信告知本人。"));
});

test("all that wait are voided from the offer's page, and it is said how many", async () => {
  const { sent } = opened(["benefit.publish"]);
  await press("作废待使用的凭证");
  await reason("供货商停产");
  await press("作废");
  await soon(() => expect(sent.find((one) => one.method === "POST")?.path).toBe("/benefit-offers/7/void"));
  await soon(() => expect(document.body.textContent).toContain("正在作废 2 份"));
});

test("who only redeems voids nothing", async () => {
  opened(["benefit.redeem"]);
  await soon(() => expect(document.body.textContent).toContain("撤销核销"));
  expect([...document.querySelectorAll("button")].filter((one) => one.textContent?.startsWith("作废"))).toEqual([]);
});

test("once the last day is over none waits to be voided", async () => {
  opened(["benefit.publish"], "2026-09-01");
  await soon(() => expect(document.body.textContent).toContain("不符合条件"));
  expect(document.body.textContent).toContain("结束服务");
  expect(document.body.textContent).not.toContain("作废待使用的凭证");
});

test("where nobody can claim any more it is not asked whether others may", async () => {
  const { sent } = opened(["benefit.publish"], "2026-08-31", { ...OFFER, state: "closed" });
  await press("作废");
  await reason("资格审核有误");
  expect(document.body.textContent).not.toContain("名额放回");
  await press("作废");
  await soon(() => expect(sent.find((one) => one.method === "POST")?.body).toEqual({ reason: "资格审核有误" }));
});

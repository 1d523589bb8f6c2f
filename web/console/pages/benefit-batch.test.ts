import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import BenefitBatch from "./benefit-batch";

test("who was marked as having come by mistake is unmarked where he was marked", async () => {
  const batch = {
    id: "7",
    title: "免费体检",
    starts_on: "2026-07-05",
    ends_on: "2026-07-05",
    place: { name: "体检中心" },
  };
  const seat = {
    id: "1",
    person_id: "5",
    name: "谢*",
    state: "redeemed",
    state_label: "已到场",
    along: 0,
    companions: [],
  };
  const sent = serve({
    "GET /session": officer("benefit.redeem"),
    "GET /benefit-batches/7": batch,
    "GET /benefit-batches/7/seats": { items: [seat], total: 1 },
    "POST /benefit-claims/1/take-back": { state: "claimed", state_label: "待使用" },
  });
  draw(createElement(BenefitBatch), "/benefit-batches/:id", "/benefit-batches/7");
  await press("撤销核销");
  type(await there(() => document.querySelector<HTMLTextAreaElement>("textarea#reason")), "登记错了人");
  (await there(() => document.querySelector<HTMLElement>(".ant-modal .ant-btn-dangerous"))).click();
  await soon(() => expect(sent.find((one) => one.method === "POST")?.body).toEqual({ reason: "登记错了人" }));
});

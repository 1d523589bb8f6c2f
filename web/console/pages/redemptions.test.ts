import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { choose, draw, officer, press, serve } from "../testing";
import BenefitRedemptions from "./benefit-redemptions";
import Redemptions from "./redemptions";

const row = (id: string, taken_back_at: string | null, is_own = true) => ({
  id,
  claim_id: `claim-${id}`,
  offer_id: "7",
  title: "爱心餐",
  person_id: "5",
  name: "王*",
  phone: null,
  organisation: "骑手联合工会",
  place: "红城驿站",
  amount_fen: 1500,
  redeemed_at: "2026-07-05T12:00:00+08:00",
  by: "李干部",
  taken_back_at,
  is_own,
});

test("what was handed over stays on the page, and a mistake is taken back there", async () => {
  let back: string | null = null;
  const sent = serve({
    "GET /session": {
      permissions: ["benefit.redeem", "benefit.view"],
      organisations: [{ id: "2", name: "包头市总工会" }],
      today: "2026-07-05",
    },
    "GET /benefit-redemptions": () => ({
      items: [row("1", back), row("2", "2026-07-05T13:00:00+08:00"), row("3", null, false)],
      total: 3,
    }),
    "POST /benefit-claims/claim-1/take-back": () => {
      back = "2026-07-05T14:00:00+08:00";
      return { state: "claimed", state_label: "待使用" };
    },
  });
  const { place } = draw(createElement(Redemptions), "/redemptions", "/redemptions?redeemed_back=");
  await soon(() => expect(place.textContent).toContain("红城驿站"));
  expect(sent.find((one) => one.path.startsWith("/benefit-redemptions"))?.path).toBe(
    "/benefit-redemptions?organisation=2",
  );
  // One was taken back before, and one is another union's to take back.
  const buttons = () => [...place.querySelectorAll("button")].filter((one) => one.textContent === "撤销核销");
  expect(buttons()).toHaveLength(1);
  buttons()[0]?.click();
  const reason = await there(() => document.querySelector("textarea"));
  type(reason, "误扫");
  await press("撤销核销");
  await soon(() => expect(sent.find((one) => one.method === "POST")?.body).toEqual({ reason: "误扫" }));
  await soon(() => expect(place.textContent).toContain("2026年7月5日 14:00 撤销"));
});

test("a station's figure opens what was handed over there, to whomever", async () => {
  const session = officer("benefit.view");
  const sent = serve({ "GET /session": session });
  const asked =
    "redeemed_site=8&redeemed_kind=meal&redeemed_back=false&redeemed_from=2026-03-01&redeemed_to=2026-03-31";
  draw(createElement(BenefitRedemptions), "/benefit-redemptions", `/benefit-redemptions?${asked}`);
  const list = await there(() => sent.find((one) => one.path.startsWith("/benefit-redemptions?")));
  expect(list.path).toBe("/benefit-redemptions?site=8&kind=meal&from=2026-03-01&to=2026-03-31&taken_back=false");
});

test("whoever types a code that was read out sees for whom it is before it is redeemed; a scanned one is redeemed at once", async () => {
  const voucher = { claim_id: "1", title: "爱心餐", kind_label: "餐", name: "张*", place: "东河站", redeemed_at: null };
  const sent = serve({
    "GET /session": officer("benefit.redeem"),
    "GET /benefit-partners": { items: [{ id: "9", name: "东河站" }], total: 1 },
    "POST /benefit-redemptions/look": voucher,
    "POST /benefit-redemptions": { ...voucher, redeemed_at: "2026-07-05T09:00:00+08:00" },
  });
  const { place } = draw(createElement(Redemptions), "/redemptions", "/redemptions");
  const posted = () => sent.filter((one) => one.method === "POST").map((one) => one.path);
  await choose(await there(() => place.querySelector("input#partner_id")), "东河站");
  const field = await there(() => document.querySelector<HTMLInputElement>("input#code"));
  type(field, "7K3M Q9TX 4PD2W");
  await press("核销");
  await soon(() => expect(place.textContent).toContain("张*，爱心餐"));
  expect(posted()).toEqual(["/benefit-redemptions/look"]);
  await press("确认核销");
  await soon(() => expect(place.textContent).toContain("已核销：张*，爱心餐"));
  expect(place.textContent).not.toContain("核对姓名");
  type(field, "abc.def");
  await press("核销");
  await soon(() => expect(posted()).toHaveLength(3));
  expect(posted().slice(1)).toEqual(["/benefit-redemptions", "/benefit-redemptions"]);
});

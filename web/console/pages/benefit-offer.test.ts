// @vitest-environment jsdom
import { createElement } from "react";
import { expect, test } from "vitest";
import { asBrowser, soon } from "../../testing";
import { draw, press, serve } from "../testing";
import BenefitOffer from "./benefit-offer";

asBrowser();

test("an offer is amended as it was read, though the page asks again while one writes", async () => {
  const session = { permissions: ["benefit.publish"], organisations: [{ id: "2", name: "包头市总工会" }] };
  const offer = {
    id: "7",
    title: "爱心餐",
    description: "原来的说明",
    state: "published",
    way: "first_come",
    redeem_from: "2026-07-01",
    redeem_until: "2026-08-31",
    audience: {},
    audience_organisations: [],
    places: [],
    rounds: [],
  };
  let version = 1;
  const sent = serve({
    "GET /session": session,
    "GET /benefit-offers/7": () => ({ ...offer, version, description: version > 1 ? "别人改的" : offer.description }),
    "GET /benefit-offers/7/claims": { items: [], total: 0 },
    "POST /benefit-offers/7/amend": offer,
  });
  const { client, gone } = draw(createElement(BenefitOffer), "/benefit-offers/:id", "/benefit-offers/7");
  await press("更正、延期、增加核销点、改经费项目");
  await soon(() => expect(document.querySelector("textarea")?.value).toBe("原来的说明"));
  version = 2;
  await client.invalidateQueries();
  await soon(() => expect(document.body.textContent).toContain("别人改的"));
  await press("保存");
  await soon(() => expect(sent.find((one) => one.method === "POST")?.headers["if-match"]).toBe('"1"'));
  gone();
});

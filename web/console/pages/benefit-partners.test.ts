import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import BenefitPartners from "./benefit-partners";

test("all stations of the union in sight become places by one act", async () => {
  const sent = serve({
    "GET /session": officer("benefit.partners"),
    "GET /organisations/2": { id: "2", name: "包头市总工会" },
    "POST /benefit-partners/stations": { added: 207, known: 1 },
  });
  draw(createElement(BenefitPartners));
  await press("登记全部驿站");
  await press("全部登记");
  await soon(() => expect(document.body.textContent).toContain("新登记 207 个驿站，原已登记 1 个。"));
  expect(sent.find((one) => one.method === "POST")?.body).toEqual({ organisation_id: "2" });
});

test.each([
  ["http://127.0.0.1:8080", true],
  ["https://union.example.cn", false],
])("a scanning link that no phone can open says so: %s", async (house, says) => {
  const row = { id: "5", name: "东河站", kind: "station", active: true, has_link: false, version: 1 };
  serve({
    "GET /session": officer("benefit.partners"),
    "GET /benefit-partners": { items: [row], total: 1 },
    "POST /benefit-partners/5/key": { address: `${house}/w/redeem#${"0".repeat(32)}` },
  });
  draw(createElement(BenefitPartners));
  await press("生成扫码链接");
  await press("生成");
  await soon(() => expect(document.querySelector(".partner-link")?.textContent).toContain(house));
  expect(document.body.textContent?.includes("手机打不开")).toBe(says);
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, officer, serve } from "../testing";
import BenefitOffers from "./benefit-offers";

const OFFER = { kind_label: "爱心餐", state: "published", redeem_from: "2026-07-01", redeem_until: "2026-07-31" };

test("what comes from a union above is marked, with one's own pieces in place of the whole", async () => {
  const above = { ...OFFER, organisation: "包头市总工会", from_above: true, redeemed: 0 };
  const offers = [
    { ...above, id: "7", title: "疗休养", total: 5, given: 2 },
    { ...above, id: "8", title: "观影券", total: 0, given: 0, rounds: [{ shared: true }] },
    { ...OFFER, id: "9", title: "爱心餐", organisation: "骑手联合工会", total: 30, given: 20, redeemed: 10 },
  ];
  const sent = serve({ "GET /session": officer(), "GET /benefit-offers": { items: offers, total: 3 } });
  const { place } = draw(createElement(BenefitOffers), "/benefit-offers", "/benefit-offers?from_above=true");
  await soon(() => expect(place.textContent).toContain("分到 5"));
  const cells = [...place.querySelectorAll("tbody tr")]
    .filter((row) => row.querySelector("a"))
    .map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent));
  expect(cells.map((row) => [row[2], ...row.slice(5)])).toEqual([
    ["包头市总工会上级工会，只能查看", "分到 5", "2", "—"],
    ["包头市总工会上级工会，只能查看", "与其他工会共用", "—", "—"],
    ["骑手联合工会", "30", "20", "10"],
  ]);
  expect(sent.find((one) => one.path.startsWith("/benefit-offers"))?.path).toContain("from_above=true");
  // What ran out is told where an offer is over, and is not among these.
  expect(place.querySelector("thead")?.textContent).toContain("已领（不含过期）");
});

test("what goes on and what has run out are sought apart", async () => {
  for (const [state, asked, words] of [
    ["published", "state=published&run_out=false", "进行中"],
    ["run_out", "state=published&run_out=true", "已过使用截止日"],
    ["too_late", "state=published&too_late=true", "没有抽签"],
    ["closed", "state=closed", "已结束"],
  ] as const) {
    const sent = serve({ "GET /session": officer(), "GET /benefit-offers": { items: [], total: 0 } });
    const { place } = draw(createElement(BenefitOffers), "/benefit-offers", `/benefit-offers?state=${state}`);
    await soon(() => expect(place.textContent).toContain(words));
    await soon(() => {
      const path = sent.find((one) => one.path.startsWith("/benefit-offers"))?.path ?? "";
      const found = new URLSearchParams(path.split("?")[1]);
      for (const [name, value] of new URLSearchParams(asked)) expect(found.get(name)).toBe(value);
      expect(found.has("run_out")).toBe(asked.includes("run_out"));
    });
    place.remove();
  }
});

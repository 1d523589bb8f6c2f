import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, officer, serve } from "../testing";
import Person from "./person";

test("what was done for somebody leads to the record that tells of it, his membership too, and says what was taken back", async () => {
  const fact = { day: "2026-07-01", quantity: 1, amount_fen: 0, organisation: { name: "东河区总工会" } };
  const items = [
    { ...fact, id: "1", kind_label: "会员", source: { label: "会员", path: "/members/7" } },
    { ...fact, id: "2", kind_label: "走访慰问", reversed: true, source: { label: "登记", path: null } },
  ];
  serve({
    "GET /session": officer("people.view"),
    "GET /people/8": { id: "8", name: "张*", papers: [], merged_from: [], organisation_name: "东河区总工会" },
    "GET /people/8/records": { items, total: 2 },
  });
  const { place } = draw(createElement(Person), "/people/:id", "/people/8");
  await soon(() => expect(place.querySelector("a[href='/members/7']")?.textContent).toBe("会员"));
  expect(place.textContent).toContain("走访慰问 已冲销");
});

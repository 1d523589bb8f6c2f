import { createElement } from "react";
import { expect, test } from "vitest";
import type { DutyDay, StationItem } from "../../client/types";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import { Stock } from "./stock";

const SEEN = { seen_at: "2026-07-05T09:30:00+08:00", unconfirmed: false, reported: false };
const OVEN: StationItem = { code: "microwave", label: "微波炉", kind: "equipment", works: true, ...SEEN };
const HAIRCUT: StationItem = { code: "haircut", label: "义剪", kind: "service", works: true, ...SEEN };

function drawn(stock: StationItem[]) {
  serve(() => json([]));
  const day = { station: { id: "7" }, stock } as unknown as DutyDay;
  const { place } = draw(createElement(Stock, { day }));
  return [...place.querySelectorAll(".box")] as [HTMLElement, HTMLElement];
}

test("a thing is broken and mended; a service is not given for a while", async () => {
  const [oven, haircut] = drawn([OVEN, HAIRCUT]);
  for (const one of [oven, haircut]) one.querySelectorAll("button")[1]?.click();
  await soon(() => expect(haircut.textContent).toContain("什么情况"));
  expect(haircut.textContent).toContain("暂停义剪");
  expect(haircut.textContent).not.toMatch(/坏|修|故障/);
});

test("how it stands is told in its own words", () => {
  const [oven, haircut] = drawn([
    { ...OVEN, works: false },
    { ...HAIRCUT, works: false },
  ]);
  expect([oven, haircut].map((one) => one.querySelector("p")?.textContent)).toEqual([
    "微波炉 · 故障",
    "义剪 · 暂停服务",
  ]);
  expect(oven.textContent).toContain("已修好报修");
  expect(haircut.textContent).toContain("已恢复暂停");
  const [doubted] = drawn([{ ...HAIRCUT, reported: true, unconfirmed: true }]);
  expect(doubted.textContent).toContain("有人反映问题，待核实");
});

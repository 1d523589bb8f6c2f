import { createElement } from "react";
import { expect, test } from "vitest";
import type { IndicatorView, PlanDetail } from "../../client/types";
import { soon, there, type } from "../../testing";
import { choose, draw, serve } from "../testing";
import { IndicatorWindow } from "./indicator-form";

const KINDS = [
  { code: "love_meal", label: "爱心餐", unit: "份", measures: ["items", "person_times"] },
  { code: "visit", label: "走访慰问", unit: "人次", measures: ["person_times"] },
];

const input = (id: string) => there(() => document.querySelector<HTMLInputElement>(`.ant-modal input#${id}`));

const unit = (words: string) => soon(async () => expect((await input("unit")).value).toBe(words));

test("a new indicator is counted in the unit of what it counts, until somebody writes another", async () => {
  serve({ "GET /fact-kinds": KINDS });
  const plan = { id: "7", indicators: [], chapters: [], measures: [] } as unknown as PlanDetail;
  draw(createElement(IndicatorWindow, { plan, shown: "new", close: () => undefined }));
  await unit("人次");
  await choose(await input("kinds"), "爱心餐");
  await choose(await input("counting"), "件（份）");
  await unit("份");
  await choose(await input("counting"), "金额");
  await unit("元");
  await choose(await input("source"), "入会率（会员÷在岗职工）");
  await unit("%");
  await choose(await input("source"), "台账自动计数");
  type(await input("unit"), "顿");
  await choose(await input("counting"), "人次");
  await soon(() => expect(document.querySelector(".ant-modal")?.textContent).toContain("人次"));
  await unit("顿");
});

test("who changes an indicator of a published plan reads what becomes of the figures", async () => {
  serve({ "GET /fact-kinds": KINDS });
  const shown = { id: "9", name: "爱心餐", source: "ledger", scale: "count", target: 10, unit: "份" } as IndicatorView;
  const words = async (state: string) => {
    const plan = { id: "7", state, indicators: [], chapters: [], measures: [] } as unknown as PlanDetail;
    const close = () => undefined;
    draw(createElement(IndicatorWindow, { plan, shown, close }));
    await soon(() =>
      expect([...document.querySelectorAll(".ant-modal")].slice(-1)[0]?.textContent).toContain("修改指标"),
    );
    return [...document.querySelectorAll(".ant-modal")].slice(-1)[0]?.textContent;
  };
  expect(await words("draft")).not.toContain("计划已发布");
  expect(await words("published")).toContain("按新的目标和口径重新计算；已生成的报告不变");
});

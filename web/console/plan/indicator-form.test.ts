import { createElement } from "react";
import { expect, test } from "vitest";
import type { PlanDetail } from "../../client/types";
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

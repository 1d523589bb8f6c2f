import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, serve } from "../testing";
import Ledger from "./ledger";

const figure = (key: string, label: string, people: number) => ({
  ...{ key, label, people, person_times: people, items: 0, standing: 0, amount_fen: 0 },
});

function page(query: string) {
  const sent = serve({
    "GET /figures": {
      items: [figure("meal", "爱心餐", 3), figure("", "不分群体", 9)],
      cut_off: "2026-07-05T00:00:00Z",
    },
  });
  const { place } = draw(createElement(Ledger), "/ledger", `/ledger?${query}`);
  const names = () => [...place.querySelectorAll(".ant-table-row td:first-child")].map((cell) => cell.textContent);
  return { sent, place, names };
}
const drawer = () => document.querySelector(".ant-drawer")?.textContent;

test("the order of the rows stands in the address, and so does the figure that is opened", async () => {
  const { names, place, sent } = page("sort=-people&opened=meal");
  await soon(() => expect(names()).toEqual(["不分群体", "爱心餐"]));
  await soon(() => expect(drawer()).toContain("爱心餐 · 逐笔记录"));
  expect(sent.some((one) => one.path.startsWith("/facts?") && one.path.includes("kinds=meal"))).toBe(true);
  const head = await there(() => [...place.querySelectorAll("th")].find((one) => one.textContent === "人数"));
  expect(head.getAttribute("aria-sort")).toBe("descending");
  head.click();
  await soon(() => expect(names()).toEqual(["爱心餐", "不分群体"]));
  expect(head.getAttribute("aria-sort")).toBe("ascending");
});

test("those without a group open their own records", async () => {
  const { sent } = page("by=group&opened=-");
  await soon(() => expect(drawer()).toContain("不分群体 · 逐笔记录"));
  expect(sent.some((one) => one.path.startsWith("/facts?") && one.path.includes("groups=-"))).toBe(true);
});

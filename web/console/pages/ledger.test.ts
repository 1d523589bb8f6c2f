import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, type Sent, serve } from "../testing";
import Ledger from "./ledger";

const figure = (key: string, label: string, people: number) => ({
  ...{ key, label, people, person_times: people, items: 0, standing: 0, amount_fen: 0 },
});

function page(query: string, more: Parameters<typeof serve>[0] = {}) {
  const sent = serve({
    "GET /figures": {
      items: [figure("meal", "爱心餐", 3), figure("", "不分群体", 9)],
      cut_off: "2026-07-05T00:00:00Z",
    },
    ...more,
  });
  const { place } = draw(createElement(Ledger), "/ledger", `/ledger?${query}`);
  const names = () => [...place.querySelectorAll(".ant-table-row td:first-child")].map((cell) => cell.textContent);
  return { sent, place, names };
}
const drawer = () => document.querySelector(".ant-drawer")?.textContent;

test("the order of the rows stands in the address, and so does the figure that is opened", async () => {
  const { names, place, sent } = page("sort=-people&opened=meal");
  await soon(() => expect(names()).toEqual(["不分群体", "爱心餐"]));
  // However long nothing was recorded, nothing is missing.
  expect(place.textContent).toContain("台账已登记的记录都已计入，全系统最近一笔登记于2026年7月5日");
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

test("what rows come to together stands last, where it can be told", async () => {
  const figures = {
    "GET /figures": ({ path }: Sent) => ({
      items: path.includes("by=none")
        ? [figure("all", "全部", 10)]
        : [figure("3", "东河区", 7), figure("4", "青山区", 5)],
      cut_off: "2026-07-05T00:00:00Z",
    }),
  };
  const whole = (place: Element) =>
    [...place.querySelectorAll(".ant-table-summary td")].map((cell) => cell.textContent).join(" ");
  const units = page("by=organisation", figures);
  await soon(() => expect(whole(units.place)).toBe("合计 10 10 — — —"));
  // Nobody adds meals to hours.
  const kinds = page("by=kind", figures);
  await soon(() => expect(kinds.names()).toEqual(["东河区", "青山区"]));
  expect(kinds.sent.some((one) => one.path.includes("by=none"))).toBe(false);
});

const fact = (id: string, source: object) => ({
  ...{ id, source, day: "2026-07-01", kind: "meal", kind_label: "爱心餐", unit: "份", quantity: 1, amount_fen: 0 },
  ...{ organisation: { id: "2", name: "包头市总工会" }, reversed: false, recorded_at: "2026-07-01T00:00:00Z" },
});
const GIVEN = fact("8", { label: "普惠服务", path: "/benefit-offers/5" });
const BY_HAND = fact("9", { label: "手工登记", path: null });
const facts = (...items: object[]) => ({
  "GET /session": { permissions: ["ledger.reverse"], organisations: [{ id: "2" }], today: "2026-07-05" },
  "GET /facts": { items, total: items.length },
});

test("only what was recorded by hand is taken back here", async () => {
  page("opened=meal", facts(GIVEN, BY_HAND));
  const acts = () =>
    [...document.querySelectorAll(".ant-drawer .ant-table-row")].map((row) => row.querySelector("button")?.textContent);
  await soon(() => expect(acts()).toEqual([undefined, "冲销"]));
});

test.each([
  ["none", [GIVEN], false],
  ["one", [GIVEN, BY_HAND], true],
] as const)(
  "where %s of the records can be taken back here they have a column for it or not",
  async (_, items, has) => {
    page("opened=meal", facts(...items));
    const heads = () => [...document.querySelectorAll(".ant-drawer th")].map((one) => one.textContent);
    await soon(() => expect(drawer()).toContain("普惠服务"));
    expect(heads().includes("办理")).toBe(has);
  },
);

test("among many records one is looked for by its days, within those of the figure", async () => {
  const { sent } = page("opened=meal&from=2026-04-01&to=2026-06-30", facts(GIVEN));
  await there(() => document.querySelector(".ant-drawer .ant-table-row"));
  const days = () =>
    sent.filter((one) => one.path.startsWith("/facts?")).map((one) => one.path.match(/from=.*?&to=[\d-]+/)?.[0]);
  expect(days()).toEqual(["from=2026-04-01&to=2026-06-30"]);
  const [from, to] = document.querySelectorAll<HTMLInputElement>(".ant-drawer .ant-picker-range input");
  for (const [field, day] of [
    [from, "2026-05-05"],
    [to, "2026-07-31"],
  ] as const) {
    field?.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
    field?.focus();
    type(field as HTMLInputElement, day);
    field?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true }));
  }
  await soon(() => expect(days().slice(-1)[0]).toBe("from=2026-05-05&to=2026-06-30"));
});

test("records of unions that were moved out of sight since are counted, where the figure counts them", async () => {
  page("opened=meal", { "GET /facts": { items: [], total: 0, hidden: 95 } });
  await soon(() => expect(drawer()).toContain("数字里另有 95 笔"));
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, press, serve } from "../testing";
import Indicator from "./indicator";

const indicator = {
  id: "9",
  plan_id: "1",
  name: "建会率",
  scale: "share",
  unit: "%",
  source: "branch_coverage",
  definition: "",
};
const standing = { indicator, actual: 5_000, target: 10_000, amount_fen: 0, paid_fen: 0 };
const session = (...permissions: string[]) => ({
  name: "李干部",
  permissions,
  organisations: [{ id: "2", name: "包头市总工会" }],
  today: "2026-07-05",
});
const asked = { organisation: "2", on: "2026-05-31", tree: "today" };

function page(item: object, ...permissions: string[]) {
  return at("", [], item, ...permissions);
}

/** The same with more in its address, and with those directly below. */
function at(more: string, children: object[], item: object, ...permissions: string[]) {
  const board = {
    title: "2026年工作要点",
    organisation: "包头市总工会",
    on: "2026-05-31",
    items: [{ ...standing, ...item }],
    cut_off: "2026-07-05T00:00:00Z",
  };
  const sent = serve({
    "GET /session": session(...permissions),
    "GET /indicators/9": indicator,
    "GET /plans/1/board": board,
    "GET /indicators/9/breakdown": { indicator, organisation_id: "2", children },
    "GET /indicators/9/payments": { items: [{ id: "5", line: "建会经费", amount_fen: 12_300 }], total: 1 },
  });
  const address = `/indicators/9?${new URLSearchParams(asked)}${more}`;
  const { place } = draw(createElement(Indicator), "/indicators/:id", address);
  return { place, sent };
}

const coverage = { numerator: 1, denominator: 2, branches: { ranks: "head,key", ...asked } };

test("both numbers of a share of branches open the branches that were counted", async () => {
  const { place } = page(coverage, "workforce.view");
  const opened = (words: string) =>
    there(() => [...place.querySelectorAll("a")].find((link) => link.textContent === words)).then((link) => {
      const [path, query] = (link.getAttribute("href") ?? "").split("?");
      return [path, Object.fromEntries(new URLSearchParams(query))];
    });
  const all = { ranks: "head,key", ...asked };
  expect(await opened("分支机构 2")).toEqual(["/branches", all]);
  expect(await opened("已建会 1")).toEqual(["/branches", { ...all, has_union: "true" }]);
});

test("who may not see branches reads the numbers", async () => {
  const { place } = page(coverage);
  await soon(() => expect(place.textContent).toContain("1 ÷ 2"));
  expect(place.querySelector('a[href^="/branches"]')).toBeNull();
});

test("the money opens into the payments that it sums", async () => {
  const { sent } = page({ amount_fen: 20_000, paid_fen: 12_300 });
  await press("支付记录");
  await soon(() => expect(document.body.textContent).toContain("建会经费"));
  const { path } = await there(() => sent.find((one) => one.path.startsWith("/indicators/9/payments")));
  expect(Object.fromEntries(new URLSearchParams(path.split("?")[1]))).toEqual(asked);
});

test("money that no line paid has no payments", async () => {
  const { place } = page({ amount_fen: 20_000 });
  await soon(() => expect(place.textContent).toContain("200"));
  expect(place.textContent).not.toContain("支付记录");
});

test("what is opened and that only those behind are shown stand in the address", async () => {
  const below = [
    { organisation_id: "3", organisation: "东河区总工会", status: "behind", place: 2 },
    { organisation_id: "4", organisation: "昆都仑区总工会", status: "reached", place: 1 },
  ];
  const { place } = at("&behind=true&opened=payments", below, { amount_fen: 20_000, paid_fen: 12_300 });
  await soon(() => expect(document.querySelector(".ant-drawer")?.textContent).toContain("建会经费"));
  await soon(() => expect(place.textContent).toContain("东河区总工会"));
  expect(place.textContent).not.toContain("昆都仑区总工会");
});

test("what no unit below shows is told beneath them", async () => {
  const counted = { ...indicator, scale: "count", unit: "份", source: "ledger" };
  const below = [{ organisation_id: "3", organisation: "东河区总工会", actual: 30 }];
  const words = async (beside: number | null) => {
    serve({
      "GET /session": session(),
      "GET /indicators/9": counted,
      "GET /plans/1/board": { items: [{ ...standing, indicator: counted }], cut_off: "2026-07-05T00:00:00Z" },
      "GET /indicators/9/breakdown": { indicator: counted, organisation_id: "2", children: below, beside },
    });
    const { place } = draw(createElement(Indicator), "/indicators/:id", "/indicators/9");
    await soon(() => expect(place.textContent).toContain("东河区总工会"));
    return place.textContent?.match(/本级完成数比下级合计[多少] [\d,]+ 份/)?.[0];
  };
  expect(await words(1_200)).toBe("本级完成数比下级合计多 1,200 份");
  expect(await words(-30)).toBe("本级完成数比下级合计少 30 份");
  expect(await words(0)).toBeUndefined();
});

test("what stands at the end of its time is no expectation", async () => {
  const forecast = { until: "2026-05-31", value: 5, text: "期限到5月31日，现为5人次，差3人次" };
  const { place } = page({ forecast });
  await soon(() => expect(place.textContent).toContain("期末"));
  expect(place.textContent).not.toContain("预计年底");
});

import { createElement } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import { RecordsPage } from "./records";

// The button is always in sight.
class Seen {
  constructor(private readonly told: (seen: { isIntersecting: boolean }[]) => void) {}
  observe = () => void setTimeout(() => this.told([{ isIntersecting: true }]));
  disconnect = () => undefined;
}
beforeEach(() => vi.stubGlobal("IntersectionObserver", Seen));

const ROW = { id: "1", day: "2026-07-01", kind: "meal", kind_label: "爱心餐", unit: "份", quantity: 1, amount_fen: 0 };

test("a record that was taken back is one, not two", async () => {
  const organisation = { id: "2", name: "骑手联合工会" };
  const items = [
    { ...ROW, id: "2", organisation, quantity: -1, reversed: false, reverses: "1" },
    { ...ROW, organisation, reversed: true, reverses: null },
  ];
  serve(() => json({ items, total: 2, next: null }));
  const { place } = draw(createElement(RecordsPage));
  await soon(() => expect(place.querySelectorAll("li")).toHaveLength(1));
  expect(place.textContent).toContain("已更正撤销");
  expect(place.textContent).not.toContain("2 条");
});

test("a page that the server refuses is asked for again when I say so, not without end", async () => {
  const asked: string[] = [];
  serve(async (address) => {
    asked.push(address);
    await new Promise((done) => setTimeout(done, 20));
    if (asked.length > 1) return json({ code: "fault", detail: "出错了。" }, 500);
    const row = { ...ROW, organisation: { id: "2", name: "骑手联合工会" }, reversed: false, reverses: null };
    return json({ items: [row], total: 30, next: "more" });
  });
  const { place } = draw(createElement(RecordsPage));
  await soon(() => expect(place.textContent).toContain("出错了。"));
  await new Promise((done) => setTimeout(done, 300));
  expect(asked).toHaveLength(2);
});

test("a record names the station or partner where it was, and leads to a station that is open", async () => {
  const row = { ...ROW, organisation: { id: "2", name: "骑手联合工会" }, reversed: false, reverses: null };
  const at = (id: string, name: string, is_open: boolean) => ({ ...row, id, place: { name, is_open } });
  const items = [at("1", "友谊驿站", true), at("2", "老街食堂", false), { ...row, id: "3", place: null }];
  serve(() => json({ items, total: 3, next: null }));
  const { place } = draw(createElement(RecordsPage));
  await soon(() => expect(place.querySelectorAll("li")).toHaveLength(3));
  const told = [...place.querySelectorAll("li .quiet")].map((one) => one.textContent);
  expect(told).toEqual(["友谊驿站 · 骑手联合工会", "老街食堂 · 骑手联合工会", "骑手联合工会"]);
  const links = [...place.querySelectorAll("a")].map((one) => [one.textContent, one.getAttribute("href")]);
  expect(links).toContainEqual(["友谊驿站", `/stations?named=${encodeURIComponent("友谊驿站")}`]);
  expect(links.map(([name]) => name)).not.toContain("老街食堂");
});

test("whose membership went on at another union was transferred, and whose did not reads that it ended", async () => {
  const row = { ...ROW, kind: "membership", organisation: { id: "2", name: "骑手联合工会" }, reversed: false };
  const items = [
    { ...row, id: "4", day: "2027-03-01", quantity: -1 },
    { ...row, id: "3", day: "2026-09-01", quantity: 1, organisation: { id: "3", name: "快递员联合工会" } },
    { ...row, id: "2", day: "2026-09-01", quantity: -1 },
    row,
  ];
  serve(() => json({ items, total: 4, next: null }));
  const { place } = draw(createElement(RecordsPage));
  await soon(() => expect(place.querySelectorAll("li")).toHaveLength(4));
  const names = [...place.querySelectorAll("li b")].map((one) => one.textContent);
  expect(names).toEqual(["会籍终止", "会籍记入", "会籍转出", "会籍记入"]);
});

test("who is counted in another group of workers reads that, and not that he was transferred to his own union", async () => {
  const row = { ...ROW, kind: "membership", organisation: { id: "2", name: "骑手联合工会" }, reversed: false };
  const items = [
    { ...row, id: "3", day: "2026-09-01", quantity: 1 },
    { ...row, id: "2", day: "2026-09-01", quantity: -1 },
    row,
  ];
  serve(() => json({ items, total: 3, next: null }));
  const { place } = draw(createElement(RecordsPage));
  await soon(() => expect(place.querySelectorAll("li")).toHaveLength(2));
  expect([...place.querySelectorAll("li b")].map((one) => one.textContent)).toEqual(["职工群体变更", "会籍记入"]);
});

// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { soon } from "../../testing";
import { RecordsPage } from "./records";

vi.stubGlobal("scrollTo", () => undefined);
// The button is always in sight.
vi.stubGlobal(
  "IntersectionObserver",
  class {
    constructor(private readonly told: (seen: { isIntersecting: boolean }[]) => void) {}
    observe = () => void setTimeout(() => this.told([{ isIntersecting: true }]));
    disconnect = () => undefined;
  },
);

const ROW = { id: "1", day: "2026-07-01", kind: "meal", kind_label: "爱心餐", unit: "份", quantity: 1, amount_fen: 0 };

test("a record that was taken back is one, not two", async () => {
  const organisation = { id: "2", name: "骑手联合工会" };
  const items = [
    { ...ROW, id: "2", organisation, quantity: -1, reversed: false, reverses: "1" },
    { ...ROW, organisation, reversed: true, reverses: null },
  ];
  vi.stubGlobal("fetch", async () => {
    const headers = { "content-type": "application/json" };
    return new Response(JSON.stringify({ items, total: 2, next: null }), { headers });
  });
  const place = document.createElement("div");
  const root = createRoot(place);
  const page = createElement(MemoryRouter, null, createElement(RecordsPage));
  root.render(createElement(QueryClientProvider, { client: new QueryClient() }, page));
  await soon(() => expect(place.querySelectorAll("li")).toHaveLength(1));
  expect(place.textContent).toContain("已更正撤销");
  expect(place.textContent).not.toContain("2 条");
  root.unmount();
});

test("a page that the server refuses is asked for again when I say so, not without end", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    await new Promise((done) => setTimeout(done, 20));
    const headers = { "content-type": "application/json" };
    if (asked.length > 1) return new Response(JSON.stringify({ code: "fault", detail: "出错了。" }), { status: 500 });
    const row = { ...ROW, organisation: { id: "2", name: "骑手联合工会" }, reversed: false, reverses: null };
    return new Response(JSON.stringify({ items: [row], total: 30, next: "more" }), { headers });
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const place = document.createElement("div");
  const root = createRoot(place);
  const page = createElement(MemoryRouter, null, createElement(RecordsPage));
  root.render(createElement(QueryClientProvider, { client }, page));
  await soon(() => expect(place.textContent).toContain("出错了。"));
  await new Promise((done) => setTimeout(done, 300));
  expect(asked).toHaveLength(2);
  root.unmount();
});

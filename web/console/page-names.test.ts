import { createElement, Suspense } from "react";
import { expect, test, vi } from "vitest";
import { soon } from "../testing";
import { nameAt, PAGES } from "./pages";
import { draw } from "./testing";

const permissions = [...new Set(PAGES.flatMap((entry) => entry.permission ?? []))];
const session = {
  name: "李干部",
  permissions,
  organisations: [{ id: "2", name: "包头市总工会" }],
};

const named = PAGES.flatMap((entry) => {
  const name = nameAt(entry.path);
  return name ? [{ path: entry.path, name, Page: entry.page }] : [];
});

test("a page of one record is called as that is, and no two others alike", () => {
  expect(nameAt("/plans/17")).toBe(undefined);
  expect(nameAt("/account")).toBe("账号安全");
  expect(new Set(named.map((one) => one.name)).size).toBe(named.length);
});

test.for(named)(
  "$name is called so in the menu, at its head and in the browser's tab",
  async ({ path, name, Page }) => {
    document.title = "";
    // What a page is called is known before anything that it asks for.
    vi.stubGlobal("fetch", async (address: string) =>
      address.endsWith("/session") ? Response.json(session) : new Promise(() => undefined),
    );
    const { place } = draw(createElement(Suspense, null, createElement(Page)), path, path);
    const heading = path === "/" ? `${session.name}，您好` : name;
    await soon(() => expect([...place.querySelectorAll("h1")].map((one) => one.textContent)).toEqual([heading]));
    await soon(() => expect(document.title).toBe(`${name} · 娘家`));
  },
);

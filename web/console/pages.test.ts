import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { WORK } from "./page-entry";
import { hasPage, mayOpen, menuPath, PAGES } from "./pages";

test("a page is shown to whoever holds one of its permissions", () => {
  expect(mayOpen({}, [])).toBe(true);
  expect(mayOpen({ permission: "a.view" }, [])).toBe(false);
  expect(mayOpen({ permission: ["a.view", "b.view"] }, ["b.view"])).toBe(true);
});

test("who sends tables in comes to the page where the rows wait that were not taken", () => {
  const page = PAGES.find(({ path }) => path === "/exports") ?? {};
  const senders = ["membership.keep_dues", "station.import", "benefit.nominate", "plan.edit", "organisations.manage"];
  for (const may of senders) expect([may, mayOpen(page, [may])]).toEqual([may, true]);
});

test("a page below another one marks that one in the menu", () => {
  const page = PAGES[0]?.page as (typeof PAGES)[number]["page"];
  const entries = [
    { path: "/", label: "首页", work: "home" as const, page },
    { path: "/plans", label: "计划", work: "plan" as const, page },
    { path: "/plans/:id", work: "plan" as const, page },
    { path: "/indicators/:id", work: "plan" as const, page },
  ];
  expect(menuPath(entries, "/plans/17")).toBe("/plans");
  expect(menuPath(entries, "/indicators/4")).toBe("/plans");
  expect(menuPath(entries, "/plansible")).toBe(undefined);
  expect(menuPath(entries, "/")).toBe("/");
});

test("one's own account marks none of the pages that only some may open", () => {
  expect(menuPath(PAGES, "/account")).toBe("/");
});

test("no address is taken twice, and each page stands under a work of the menu", () => {
  expect(new Set(PAGES.map((entry) => entry.path)).size).toBe(PAGES.length);
  expect(PAGES.every((entry) => entry.work in WORK)).toBe(true);
});

test("an address that no page has leads nowhere", () => {
  expect(hasPage("/members/17")).toBe(true);
  expect(hasPage("/hand-records/17")).toBe(false);
});

test("each page is reached: from the menu, or if it is of one record by a link on another page", () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".tsx"),
  );
  const links = sources.flatMap((name) => {
    const text = readFileSync(`${import.meta.dirname}/${name}`, "utf8");
    const path = /const PATH = "(.*)"/.exec(text)?.[1] ?? "";
    const found = text.matchAll(/(?:\bto=\{?|\bnavigate\()["`]([^"`]*)/g);
    return Array.from(found, ([, link = ""]) => link.replace(/^\$\{PATH\}/, path));
  });
  const reached = ({ path, label }: (typeof PAGES)[number]) => {
    const [before = "", key] = path.split(/:\w+/);
    return (
      label !== undefined || links.some((link) => (key === undefined ? link === path : link.startsWith(`${before}$`)))
    );
  };
  expect(PAGES.filter((entry) => !reached(entry)).map((entry) => entry.path)).toEqual([]);
});

import { lazy } from "react";
import { expect, test } from "vitest";
import { findPages, isLong, keepOpened, openedWorks } from "./menu-pages";
import type { PageEntry } from "./page-entry";

const entry = (path: string, label: string | undefined, work: PageEntry["work"]): PageEntry => ({
  path,
  label,
  work,
  page: lazy(async () => ({ default: () => null })),
});
const pages = [
  entry("/", "首页", "home"),
  entry("/imports", "导入名册", "members"),
  entry("/members", "会员", "members"),
  entry("/members/:id", undefined, "members"),
  entry("/dues", "会费", "members"),
];

test("a page is found by its own name first, then by that of its work", () => {
  const paths = (typed: string) => findPages(pages, typed).map((page) => page.path);
  expect(paths(" 会费 ")).toEqual(["/dues"]);
  expect(paths("会员")).toEqual(["/members", "/imports", "/dues"]);
  expect(paths("没有")).toEqual([]);
  expect(paths("  ")).toEqual([]);
});

test("only a menu that can't be taken in at one glance folds", () => {
  expect(isLong(pages)).toBe(false);
  expect(isLong(Array.from({ length: 16 }, (_, at) => entry(`/${at}`, `第${at}页`, "plan")))).toBe(true);
});

test("the works left open are kept on the device, and what is kept there and can't be read is nothing", () => {
  keepOpened(["members", "plan"]);
  expect(openedWorks()).toEqual(["members", "plan"]);
  for (const broken of ["{", "7", '["no-such-work"]']) {
    localStorage.setItem("niangjia.menu", broken);
    expect(openedWorks()).toEqual([]);
  }
});

import { createElement, useState } from "react";
import { flushSync } from "react-dom";
import { expect, test } from "vitest";
import { show, soon, type } from "../../testing";
import { draw, serve } from "../testing";
import { useFilters } from "../use-filters";
import { ListTable, SearchBox } from "./list-table";

test("whoever searched may type on at once, and the field follows the address", async () => {
  let go: (q: string) => void = () => undefined;
  let asked = "";
  function Page() {
    const [q, change] = useState("");
    go = change;
    asked = q;
    return createElement(SearchBox, { label: "姓名", value: q, change });
  }
  const { place } = show(createElement(Page));
  const input = () => place.querySelector("input") as HTMLInputElement;
  input().focus();
  flushSync(() => type(input(), " 张三 "));
  flushSync(() => input().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })));
  expect(asked).toBe("张三");
  expect(document.activeElement).toBe(input());
  await soon(() => expect(input().value).toBe("张三"));
  flushSync(() => go(""));
  await soon(() => expect(input().value).toBe(""));
});

test("a list says that there is nothing only once it knows, and not of what a filter keeps out", async () => {
  let answer: (page: unknown) => void = () => undefined;
  serve({ "GET /things": () => new Promise((resolve) => (answer = resolve)) });
  let change: (filters: { q: string }) => void = () => undefined;
  const DEFAULTS = { q: "" };
  function Page() {
    const [asked, set, filtered] = useFilters(DEFAULTS);
    change = set;
    return createElement(ListTable, { path: "/things", asked, filtered, empty: "还没有。", columns: [] });
  }
  const { place } = draw(createElement(Page));
  await soon(() => expect(place.querySelector(".ant-spin-spinning")).not.toBeNull());
  expect(place.textContent).not.toContain("还没有。");
  answer({ items: [], total: 0 });
  await soon(() => expect(place.textContent).toContain("还没有。"));
  flushSync(() => change({ q: "张三" }));
  await soon(() => {
    answer({ items: [], total: 0 });
    expect(place.textContent).toContain("没有符合条件的记录。");
  });
  expect(place.textContent).not.toContain("还没有。");
});

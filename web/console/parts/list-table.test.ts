import { createElement, useState } from "react";
import { flushSync } from "react-dom";
import { expect, test } from "vitest";
import { show, soon, type } from "../../testing";
import { SearchBox } from "./list-table";

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

// @vitest-environment jsdom
import { act, createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { asBrowser, type } from "../../testing";
import { SearchBox } from "./list-table";

asBrowser();
vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

test("whoever searched may type on at once, and the field follows the address", () => {
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  let go: (q: string) => void = () => undefined;
  let asked = "";
  function Page() {
    const [q, change] = useState("");
    go = change;
    asked = q;
    return createElement(SearchBox, { label: "姓名", value: q, change });
  }
  act(() => root.render(createElement(Page)));
  const input = () => place.querySelector("input") as HTMLInputElement;
  act(() => input().focus());
  act(() => type(input(), " 张三 "));
  act(() => input().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })));
  expect(asked).toBe("张三");
  expect(document.activeElement).toBe(input());
  expect(input().value).toBe("张三");
  act(() => go(""));
  expect(input().value).toBe("");
  act(() => root.unmount());
});

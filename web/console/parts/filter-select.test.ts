import { createElement } from "react";
import { expect, test } from "vitest";
import { show } from "../../testing";
import { FilterSelect } from "./filter-select";

const options = [
  { value: "", label: "新申请在前" },
  { value: "oldest", label: "早申请在前" },
];

function shown(value: string, always: boolean, choices = options) {
  const change = () => undefined;
  const { place } = show(createElement(FilterSelect, { label: "排列", value, change, always, options: choices }));
  return { text: place.textContent?.replace("×", ""), clears: place.querySelector(".ant-select-clear") !== null };
}

test("a filter that always has a choice shows it, nothing among the choices too, and has nothing to take away", () => {
  expect(shown("", true)).toEqual({ text: "新申请在前", clears: false });
  expect(shown("oldest", true)).toEqual({ text: "早申请在前", clears: false });
});

test("one that may be left open is called by its name while it is, and can be opened again", () => {
  const choices = options.slice(1);
  expect(shown("", false, choices)).toEqual({ text: "排列", clears: false });
  expect(shown("oldest", false, choices)).toEqual({ text: "早申请在前", clears: true });
});

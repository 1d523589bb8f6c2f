import { createElement } from "react";
import { flushSync } from "react-dom";
import { expect, test, vi } from "vitest";
import { show } from "../testing";
import { Sure } from "./sure";

test("who uses keys goes on at the question, and after his answer where he was", () => {
  const says = "门会马上打开。";
  const asked = {
    open: "远程开门",
    look: "plain",
    says,
    yes: "确定",
    no: "不开门",
    busy: false,
    done: vi.fn(),
  } as const;
  const { place } = show(createElement(Sure, asked));
  const press = (name: string) =>
    flushSync(() => [...place.querySelectorAll("button")].find((one) => one.textContent === name)?.click());
  expect(document.activeElement).toBe(document.body);
  press("远程开门");
  expect(document.activeElement?.textContent).toBe(says);
  press("不开门");
  expect(document.activeElement?.textContent).toBe("远程开门");
});

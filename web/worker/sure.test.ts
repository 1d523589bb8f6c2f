// @vitest-environment jsdom
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { Sure } from "./sure";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

test("who uses keys goes on at the question, and after his answer where he was", () => {
  const place = document.createElement("div");
  document.body.append(place);
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
  act(() => createRoot(place).render(createElement(Sure, asked)));
  const press = (name: string) =>
    act(() => [...place.querySelectorAll("button")].find((one) => one.textContent === name)?.click());
  expect(document.activeElement).toBe(document.body);
  press("远程开门");
  expect(document.activeElement?.textContent).toBe(says);
  press("不开门");
  expect(document.activeElement?.textContent).toBe("远程开门");
});

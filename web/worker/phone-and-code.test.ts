// @vitest-environment jsdom
import { act, createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { type } from "../testing";
import { PhoneAndCode } from "./phone-and-code";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

test("that a code went out is said of the number to which it went only", async () => {
  const place = document.createElement("div");
  const code = { send: async () => true, busy: false, problem: undefined, clear: vi.fn(), wait: 0 };
  function Page() {
    const [phone, onPhone] = useState("13800000000");
    const action = { busy: false, problem: undefined, clear: vi.fn() };
    const rest = { typed: "", onTyped: vi.fn(), next: "登录", action, onNext: vi.fn() };
    return createElement(PhoneAndCode, { code, phone, onPhone, ...rest });
  }
  act(() => createRoot(place).render(createElement(Page)));
  await act(async () => place.querySelector("button")?.click());
  expect(place.textContent).toContain("短信已发出");
  const field = place.querySelector("input") as HTMLInputElement;
  act(() => type(field, "13800000001"));
  expect(place.textContent).not.toContain("短信已发出");
});

import { createElement, useState } from "react";
import { flushSync } from "react-dom";
import { expect, test, vi } from "vitest";
import { show, soon, type } from "../testing";
import { PhoneAndCode } from "./phone-and-code";
import { useCode } from "./use-code";

test("that a code went out is said of the number to which it went only", async () => {
  const code = { send: async () => true, busy: false, problem: undefined, clear: vi.fn(), waitFor: () => 0 };
  function Page() {
    const [phone, onPhone] = useState("13800000000");
    const action = { busy: false, problem: undefined, clear: vi.fn() };
    const rest = { typed: "", onTyped: vi.fn(), next: "登录", action, onNext: vi.fn() };
    return createElement(PhoneAndCode, { code, phone, onPhone, ...rest });
  }
  const { place } = show(createElement(Page));
  place.querySelector("button")?.click();
  await soon(() => expect(place.textContent).toContain("短信已发出"));
  const field = place.querySelector("input") as HTMLInputElement;
  flushSync(() => type(field, "13800000001"));
  expect(place.textContent).not.toContain("短信已发出");
});

test("whoever opens the page anew a moment after his code went out reads that it is good still", () => {
  const code = {
    send: async () => true,
    busy: false,
    problem: undefined,
    clear: vi.fn(),
    waitFor: (to: string) => (to === "13800000000" ? 40 : 0),
  };
  const action = { busy: false, problem: undefined, clear: vi.fn() };
  const rest = { onPhone: vi.fn(), typed: "", onTyped: vi.fn(), next: "下一步", action, onNext: vi.fn() };
  const kept = show(createElement(PhoneAndCode, { code, phone: "13800000000", ...rest }));
  expect(kept.place.textContent).toContain("短信已发出");
  const empty = show(createElement(PhoneAndCode, { code, phone: "", ...rest }));
  expect(empty.place.textContent).not.toContain("短信已发出");
});

test("whoever mistyped his number, or helps somebody else next, waits for nothing", async () => {
  vi.stubGlobal("fetch", async () => new Response(null, { status: 204 }));
  function Page() {
    const [phone, onPhone] = useState("13800000000");
    const action = { busy: false, problem: undefined, clear: vi.fn() };
    const rest = { typed: "", onTyped: vi.fn(), next: "登录", action, onNext: vi.fn() };
    return createElement(PhoneAndCode, { code: useCode("/worker/code"), phone, onPhone, ...rest });
  }
  const { place } = show(createElement(Page));
  const [field, send] = [place.querySelector("input") as HTMLInputElement, place.querySelector("button")];
  send?.click();
  await soon(() => expect(send?.textContent).toContain("秒后重发"));
  flushSync(() => type(field, "13800000001"));
  expect([send?.textContent, send?.disabled]).toEqual(["获取验证码", false]);
  flushSync(() => type(field, "138 0000 0000"));
  expect(send?.textContent).toContain("秒后重发");
});

import { createElement, useState } from "react";
import { flushSync } from "react-dom";
import { expect, test, vi } from "vitest";
import { show, soon, type } from "../testing";
import { PhoneAndCode } from "./phone-and-code";
import { type Code, useCode } from "./use-code";

const CODE: Code = { send: async () => true, busy: false, problem: undefined, clear: vi.fn(), waitFor: () => 0 };

/** The form on a page that keeps what is typed, where codes are sent so. */
function form(useIt: () => Code, kept = "13800000000") {
  const action = { busy: false, problem: undefined, clear: vi.fn() };
  const rest = { typed: "", onTyped: vi.fn(), next: "登录", action, onNext: vi.fn() };
  function Page() {
    const [phone, onPhone] = useState(kept);
    return createElement(PhoneAndCode, { code: useIt(), phone, onPhone, ...rest });
  }
  return show(createElement(Page)).place;
}

test("that a code went out is said of the number to which it went only", async () => {
  const place = form(() => CODE);
  place.querySelector("button")?.click();
  await soon(() => expect(place.textContent).toContain("短信已发出"));
  const field = place.querySelector("input") as HTMLInputElement;
  flushSync(() => type(field, "13800000001"));
  expect(place.textContent).not.toContain("短信已发出");
});

test("whoever opens the page anew a moment after his code went out reads that it is good still", () => {
  const sent = () => ({ ...CODE, waitFor: (to: string) => (to === "13800000000" ? 40 : 0) });
  expect(form(sent).textContent).toContain("短信已发出");
  expect(form(sent, "").textContent).not.toContain("短信已发出");
});

test("whoever mistyped his number, or helps somebody else next, waits for nothing", async () => {
  vi.stubGlobal("fetch", async () => new Response(null, { status: 204 }));
  const place = form(() => useCode("/worker/code"));
  const [field, send] = [place.querySelector("input") as HTMLInputElement, place.querySelector("button")];
  send?.click();
  await soon(() => expect(send?.textContent).toContain("秒后重发"));
  flushSync(() => type(field, "13800000001"));
  expect([send?.textContent, send?.disabled]).toEqual(["获取验证码", false]);
  flushSync(() => type(field, "138 0000 0000"));
  expect(send?.textContent).toContain("秒后重发");
});

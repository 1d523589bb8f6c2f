import { expect, test } from "vitest";
import { returned } from "./returned";

test("only what the server itself writes behind the # is read", () => {
  expect(returned("")).toEqual({});
  expect(returned("#section")).toEqual({});
  expect(returned("#sign-in:bound")).toEqual({ bound: true });
  expect(returned("#sign-in:code:a.b")).toEqual({ next: { step: "code", ticket: "a.b" } });
  expect(returned("#sign-in:refused:disabled").refused).toContain("停用");
  expect(returned("#sign-in:refused:__proto__").refused).toBe("统一登录没有成功，请重试，或先用密码登录。");
});

import { expect, test } from "vitest";
import { comeBack, leaving, returned } from "./returned";

test("only what the server itself writes behind the # is read", () => {
  expect(returned("")).toEqual({});
  expect(returned("#section")).toEqual({});
  expect(returned("#sign-in:bound")).toEqual({ bound: true });
  expect(returned("#sign-in:code:a.b")).toEqual({ next: { step: "code", ticket: "a.b" } });
  expect(returned("#sign-in:refused:disabled").refused).toContain("停用");
  expect(returned("#sign-in:refused:locked:29").refused).toBe("账号因连续输错已锁定，请 29 分钟后再试。");
  for (const untold of ["locked", "locked:", "locked:很久"])
    expect(returned(`#sign-in:refused:${untold}`).refused).toBe("账号因连续输错已锁定，请稍后再试。");
  expect(returned("#sign-in:refused:__proto__").refused).toBe("统一登录没有成功，请重试，或先用密码登录。");
});

test("who left a page for the unit's own sign-in comes back to it, once, and only from the first page", () => {
  const at = (path: string) => window.history.replaceState(null, "", path);
  const here = () => window.location.pathname + window.location.search + window.location.hash;
  at("/exports?tab=waiting");
  leaving();
  at("/#sign-in:code:a.b");
  comeBack();
  expect(here()).toBe("/exports?tab=waiting#sign-in:code:a.b");
  at("/");
  comeBack();
  expect(here()).toBe("/");
  at("/exports");
  leaving();
  at("/account#sign-in:bound");
  comeBack();
  expect(here()).toBe("/account#sign-in:bound");
});

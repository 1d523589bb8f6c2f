import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import LogIn from "../pages/log-in";
import { draw, press, Refused, serve } from "../testing";

const field = (id: string) => there(() => document.querySelector<HTMLInputElement>(`input#${id}`));

test("who comes with a first password types his own twice, is at it at once, and has made no mistake", async () => {
  const first = new Refused(403, "password_expired", "请先设置您自己的新密码再登录。", { code: false });
  const sent = serve({
    "GET /session/provider": {},
    "POST /session": first,
  });
  draw(createElement(LogIn));
  type(await field("username"), "system");
  type(await field("password"), "FDFRV-cftgg-39647");
  await press("登录");
  const renewed = await field("renewed");
  expect(document.activeElement).toBe(renewed);
  expect(document.querySelector("[role=alert]")?.className).toContain("ant-alert-info");
  type(renewed, "Guyang-2026");
  type(await field("again"), "Guyang-2027");
  await press("设置新密码并登录");
  await soon(() => expect(document.body.textContent).toContain("两次填的不一样"));
  const changed = () => sent.filter((one) => one.path === "/session/expired-password").map((one) => one.body);
  expect(changed()).toEqual([]);
  type(await field("again"), "Guyang-2026");
  await press("设置新密码并登录");
  const body = { username: "system", old: "FDFRV-cftgg-39647", new: "Guyang-2026", code: null };
  await soon(() => expect(changed()).toEqual([body]));
});

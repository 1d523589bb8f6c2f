import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, serve } from "../testing";
import Accounts from "./accounts";
import Branches from "./branches";

const ACCOUNT = { name: "王", enabled: true, must_change: false, grants: [], elsewhere: false, version: 1 };

test("one sees what keeps an officer from logging in, and that he holds more than is shown", async () => {
  const [an_hour_ago, in_an_hour] = ["2026-07-05T11:00:00+08:00", "2026-07-05T13:00:00+08:00"];
  const items = [
    { ...ACCOUNT, id: "1", username: "suo", locked_until: in_an_hour },
    { ...ACCOUNT, id: "2", username: "kai", locked_until: an_hour_ago, elsewhere: true },
    { ...ACCOUNT, id: "3", username: "xin", must_change: true },
    { ...ACCOUNT, id: "5", username: "jiu", must_change: true, password_lapsed: true },
    { ...ACCOUNT, id: "4", username: "ting", enabled: false, must_change: true },
  ];
  serve({ "GET /accounts": { items, total: 5 } });
  const { place } = draw(createElement(Accounts));
  const row = (id: string) => place.querySelector(`tr[data-row-key="${id}"]`)?.textContent;
  await soon(() => expect(row("1")).toContain("密码错误过多，锁定至"));
  expect(row("2")).toContain("另有您管辖范围以外的角色");
  expect(row("2")).toContain("启用");
  expect(row("3")).toContain("待改初始密码");
  expect(row("4")).toContain("停用");
  expect(row("5")).toContain("初始密码已失效，请重设");
});

test.each([
  ["角色", "/roles", Accounts],
  ["平台企业", "/platforms", Branches],
] as const)("each %s can be chosen, however many pages of them there are", async (label, path, page) => {
  const pages = [{ items: [{ id: "1", name: "甲" }], next: "a" }, { items: [{ id: "2", name: "乙" }] }];
  serve({ [`GET ${path}`]: (sent: { path: string }) => pages[sent.path.includes("cursor=a") ? 1 : 0] });
  const { place } = draw(createElement(page));
  const input = await there(() => place.querySelector(`input[aria-label="${label}"]`));
  input.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  await soon(() =>
    expect([...document.querySelectorAll(".ant-select-item-option")].map((one) => one.textContent)).toEqual([
      "甲",
      "乙",
    ]),
  );
});

const provided = (label: string | undefined, single_sign_on: boolean) => ({
  "GET /session": { permissions: ["access.accounts"], organisations: [{ id: "2" }] },
  "GET /session/provider": { label },
  "GET /accounts": { items: [{ ...ACCOUNT, id: "1", username: "wang", single_sign_on }], total: 1 },
});

test("whom the unit's own sign-in must name is written down for an account, and taken back", async () => {
  const sent = serve(provided("统一身份认证", true));
  draw(createElement(Accounts));
  const changed = (method: string) => there(() => sent.find((one) => one.method === method));
  await press("统一登录");
  type(await there(() => document.querySelector<HTMLInputElement>("input#email")), "wang@example.cn");
  await press("登记");
  expect(await changed("PUT")).toMatchObject({ path: "/accounts/1/provider", body: { email: "wang@example.cn" } });
  await press("统一登录");
  await press("解除绑定");
  await press("解除");
  expect((await changed("DELETE")).path).toBe("/accounts/1/provider");
});

test.each([
  ["a house without such a sign-in offers none", undefined, false],
  ["an account that it does not open has nothing to take back", "统一身份认证", true],
])("%s", async (_, label, offered) => {
  serve(provided(label, false));
  const { place } = draw(createElement(Accounts));
  await soon(() => expect(place.textContent).toContain("重设密码"));
  await soon(() => expect(place.textContent?.includes("统一登录")).toBe(offered));
  if (offered) await press("统一登录");
  expect(document.body.textContent).not.toContain("解除绑定");
});

test("one's own account is another's to look after: it offers nothing that is refused", async () => {
  const items = [
    { ...ACCOUNT, id: "1", username: "wang" },
    { ...ACCOUNT, id: "7", username: "self" },
  ];
  serve({
    "GET /session": { account: "7", permissions: ["access.accounts"], organisations: [{ id: "2" }] },
    "GET /accounts": { items, total: 2 },
  });
  const { place } = draw(createElement(Accounts));
  const row = (id: string) => place.querySelector(`tr[data-row-key="${id}"]`);
  await soon(() => expect(row("7")?.textContent).toContain("本人的账号由另一位安全管理员办理"));
  expect(row("7")?.querySelector("button")).toBeNull();
  expect(row("1")?.textContent).toContain("重设密码");
});

test("one sees who never came or long ago, and asks for those alone", async () => {
  const items = [
    { ...ACCOUNT, id: "1", username: "jiu", last_log_in_at: "2026-03-01T08:05:00+08:00" },
    { ...ACCOUNT, id: "2", username: "wu" },
  ];
  const sent = serve({ "GET /accounts": { items, total: 2 } });
  const { place } = draw(createElement(Accounts));
  const row = (id: string) => place.querySelector(`tr[data-row-key="${id}"]`)?.textContent;
  await soon(() => expect(row("1")).toContain("2026年3月1日 08:05"));
  expect(row("2")).toContain("从未登录");
  const input = await there(() => place.querySelector('input[aria-label="最近登录"]'));
  input.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  const options = () => [...document.querySelectorAll<HTMLElement>(".ant-select-item-option")];
  (await there(() => options().find((one) => one.textContent === "90 天未登录"))).click();
  await soon(() => expect(sent.some((one) => one.path.includes("idle_days=90"))).toBe(true));
});

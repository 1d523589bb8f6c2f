import { createElement } from "react";
import { Route, Routes } from "react-router";
import { beforeEach, expect, test } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import { LogInPage } from "./log-in";
import NotMePage from "./not-me";

beforeEach(() => window.localStorage.clear());

/** A phone on which nobody is logged in, at an address; what is sent from it. */
function phone(at: string, refuses?: { code: string; status: number }) {
  let isIn = false;
  const sent: string[] = [];
  serve((address, { method = "GET" }) => {
    const path = address.replace("/api/v1", "");
    if (method === "POST") sent.push(path);
    if (path === "/worker/session") isIn = true;
    if (path === "/me/phone/give-up") {
      isIn = false;
      return refuses ? json({ code: refuses.code, detail: "没有办成。" }, refuses.status) : json({});
    }
    if (path !== "/me") return json({});
    return isIn
      ? json({ person_id: "7", name: "王*明", phone: "138****8000" })
      : json({ code: "unauthenticated", detail: "请先登录。" }, 401);
  });
  const pages = createElement(
    Routes,
    null,
    createElement(Route, { path: "/login", element: createElement(LogInPage) }),
    createElement(Route, { path: "/not-me", element: createElement(NotMePage) }),
    createElement(Route, { path: "*", element: "另一页" }),
  );
  const { place } = draw(pages, at);
  const input = (at: number) => there(() => place.querySelectorAll("input")[at]);
  const logIn = async () => {
    type(await input(0), "13800138000");
    type(await input(1), "123456");
    await press("登录");
  };
  const link = (words: string) =>
    there(() => [...place.querySelectorAll("a")].find((one) => one.textContent === words));
  const reads = (words: string) => soon(() => expect(place.textContent).toContain(words));
  return { place, sent, logIn, link, reads };
}

test("on a phone that is new to him he is asked once whether the number leads to himself, before he sees anything else", async () => {
  const first = phone("/login?to=/card");
  await first.logIn();
  await first.reads("这个手机号码登记在“王*明”名下");
  expect(first.place.textContent).not.toContain("另一页");
  await press("是我本人");
  await first.reads("另一页");
  const later = phone("/login?to=/card");
  await later.logIn();
  await later.reads("另一页");
});

test("whose number was another's takes it off that record, and goes on to join where he was refused", async () => {
  const { place, sent, logIn, link, reads } = phone("/login?to=/e/abc");
  await logIn();
  (await link("不是我，号码换过主人")).click();
  await reads("您马上可以用这个号码入会");
  expect(sent).not.toContain("/me/phone/give-up");
  await press("确认，我不是他");
  await reads("号码已取下");
  expect(sent.filter((path) => path === "/me/phone/give-up")).toHaveLength(1);
  expect(place.textContent).not.toContain("王*明");
  (await link("继续入会")).click();
  await reads("另一页");
});

test("whoever is himself goes back, and nothing is sent", async () => {
  const { sent, logIn, link, reads } = phone("/login?to=/privacy");
  await logIn();
  (await link("不是我，号码换过主人")).click();
  await reads("取下后就不能登录了");
  (await link("返回，我是本人")).click();
  await reads("另一页");
  expect(sent).toEqual(["/worker/session"]);
});

test("whose log-in was over reads that it may be done, and whoever was refused reads why", async () => {
  for (const [refuses, read] of [
    [{ code: "unauthenticated", status: 401 }, "刚才已经确认过的，号码已取下"],
    [{ code: "too_often", status: 429 }, "没有办成"],
  ] as const) {
    const { logIn, link, reads } = phone("/login", refuses);
    await logIn();
    (await link("不是我，号码换过主人")).click();
    await press("确认，我不是他");
    await reads(read);
  }
});

test("nobody who is not logged in can take a number away", async () => {
  const { place, reads } = phone("/not-me");
  await reads("登录我的娘家");
  expect(place.textContent).not.toContain("确认，我不是他");
});

import { QueryClientProvider } from "@tanstack/react-query";
import { createElement } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { beforeEach, expect, test, vi } from "vitest";
import { Queries } from "../../client/queries";
import { show, soon, there, type } from "../../testing";
import { json, serve } from "../testing";
import RedeemPage, { ScanPage } from "./redeem";

const OLD = "0".repeat(32);
const NEW = "1".repeat(32);
const SHOWN = { claim_id: "1", title: "爱心餐", kind_label: "餐", name: "张*", place: "东河站", redeemed_at: null };

/** What the server says, by the end of a path. */
const answers = new Map<string, () => Response>();
const told: string[] = [];
beforeEach(() => {
  answers.clear();
  told.length = 0;
  serve((address, request) => {
    told.push(`${address} ${request.body ?? ""}`);
    const said = [...answers].find(([end]) => address.endsWith(end))?.[1];
    if (!said) throw new TypeError("no network");
    return said();
  });
});

/** Opens an address of the counter's pages. */
function open(at: string) {
  const routes = [
    { path: "/redeem", element: createElement(RedeemPage) },
    { path: "/v/:token", element: createElement(ScanPage) },
    { path: "/login", element: "登录" },
  ];
  const router = createMemoryRouter(routes, { initialEntries: [at] });
  const client = new Queries({ defaultOptions: { queries: { retry: false, staleTime: 10_000 } } });
  const { place } = show(createElement(QueryClientProvider, { client }, createElement(RouterProvider, { router })));
  const press = (name: string) =>
    [...place.querySelectorAll<HTMLElement>("button, a")].find((one) => one.textContent === name)?.click();
  return { place, router, press };
}

test("a master whose log-in ran out is sent to the log-in, and back to scanning", async () => {
  answers.set("/me/redemptions/look", () => json({ code: "unauthenticated", detail: "请先登录。" }, 401));
  const { router } = open("/v/abc?place=5&station=7");
  await soon(() => expect(router.state.location.pathname).toBe("/login"));
  expect(new URLSearchParams(router.state.location.search).get("to")).toBe("/duty?station=7&part=redeem");
});

test("a server that is busy has refused no voucher: it is looked at again", async () => {
  localStorage.setItem("niangjia.partner-key", OLD);
  answers.set("/look", () => json({ code: "too_often", detail: "操作太频繁。" }, 429));
  const { place, press } = open("/v/abc");
  await soon(() => expect(place.textContent).toContain("操作太频繁。"));
  expect(place.textContent).not.toContain("不能核销");
  answers.set("/look", () => json(SHOWN));
  press("再试一次");
  await soon(() => expect(place.textContent).toContain("确认核销"));
});

test("what was redeemed counts on the page to which one goes back", async () => {
  localStorage.setItem("niangjia.partner-key", OLD);
  let redeemed = 0;
  answers.set("/today", () => json({ place: "东河站", redeemed_today: redeemed, latest: [] }));
  answers.set("/look", () => json(SHOWN));
  answers.set("/redemptions", () => {
    redeemed += 1;
    return json({ ...SHOWN, redeemed_at: "2026-07-05T09:00:00+08:00" });
  });
  const { place, router, press } = open("/redeem");
  await soon(() => expect(place.textContent).toContain("今日已核销 0 份"));
  router.navigate("/v/abc");
  await soon(() => expect(place.textContent).toContain("确认核销"));
  press("确认核销");
  await soon(() => expect(place.textContent).toContain("已核销，请发放"));
  press("核销下一份");
  // By itself the page asks only after a quarter of a minute.
  await vi.waitFor(() => expect(place.textContent).toContain("今日已核销 1 份"), { timeout: 8_000 });
});

test("where the network is lost nobody reads that his phone may not redeem", async () => {
  answers.set("/me/redemption-places", () => json({ code: "fault", detail: "出错了。" }, 500));
  const { place } = open("/v/abc");
  await soon(() => expect(place.textContent).toContain("出错了。"));
  expect(place.textContent).not.toContain("没有核销权限");
});

test("a new link that is opened over the old one's page holds at once", async () => {
  answers.set("/today", () => json({ place: "东河站", redeemed_today: 0, latest: [] }));
  const { router } = open(`/redeem#${OLD}`);
  await soon(() => expect(told.some((one) => one.includes(OLD))).toBe(true));
  router.navigate(`/redeem#${NEW}`);
  await soon(() => expect(told.some((one) => one.includes(NEW))).toBe(true));
  expect(localStorage.getItem("niangjia.partner-key")).toBe(NEW);
});

test("a code that was read out is typed where a scanner types, and whose it is is looked at first", async () => {
  localStorage.setItem("niangjia.partner-key", OLD);
  answers.set("/today", () => json({ place: "东河站", redeemed_today: 0, latest: [] }));
  answers.set("/look", () => json(SHOWN));
  const { place, press } = open("/redeem");
  type(await there(() => place.querySelector<HTMLInputElement>("form input")), " 7k3m Q9TX 4pd2w ");
  press("查看凭证");
  await soon(() => expect(place.textContent).toContain("请与持券人核对姓名"));
  expect(place.textContent).toContain("张*");
  const looked = told.find((one) => one.includes("/look"));
  expect(JSON.parse(looked?.slice(looked.indexOf("{")) ?? "")).toEqual({ key: OLD, code: "7k3m Q9TX 4pd2w" });
});

test("of a code that was scanned nobody is asked to compare the name", async () => {
  localStorage.setItem("niangjia.partner-key", OLD);
  answers.set("/look", () => json(SHOWN));
  const { place } = open("/v/abc.def");
  await soon(() => expect(place.textContent).toContain("确认核销"));
  expect(place.textContent).not.toContain("核对姓名");
});

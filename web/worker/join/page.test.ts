import { createElement } from "react";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import { JoinPage } from "./page";

const EVENT = {
  title: "集中入会",
  place: "广场",
  starts_at: "2026-07-01T09:00:00+08:00",
  ends_at: "2026-07-01T17:00:00+08:00",
  open: true,
  closed: false,
  unions: [{ id: "1", name: "骑手联合工会" }],
  gifts: [],
};

/** The event's page on a phone on which somebody is logged in, or nobody. */
function page(me?: unknown, event: object = EVENT) {
  let known: () => void = () => undefined;
  const knows = new Promise<void>((resolve) => (known = resolve));
  serve(async (address) => {
    if (!address.endsWith("/me")) {
      // Who he is was said first, so that what the page shows it shows to him.
      await knows;
      return json(event);
    }
    known();
    return me ? json(me) : json({ code: "unauthenticated", detail: "请先登录。" }, 401);
  });
  const routes = createElement(
    Routes,
    null,
    createElement(Route, { path: "/e/:code", element: createElement(JoinPage) }),
  );
  return draw(routes, "/e/abc").place;
}

const member = (state: string) => ({
  person_id: "7",
  name: "王*",
  member: { state, organisation: "骑手联合工会", applied_on: "2026-06-30" },
});

test("a member reads at an event that he is one and of which union, and may still go on for another", async () => {
  const shown = page(member("normal"));
  await soon(() => expect(shown.textContent).toContain("您已是“骑手联合工会”的会员"));
  expect(shown.textContent).not.toContain("我要入会");
  expect(shown.querySelector("button")?.textContent).toBe("转到这里的工会，或替别人入会");
});

test("whoever applied before reads that he waits and since when, and may join here", async () => {
  const shown = page(member("applied"));
  await soon(() => expect(shown.textContent).toContain("您2026年6月30日向“骑手联合工会”申请入会，正在等待批准"));
  expect(shown.querySelector("button")?.textContent).toContain("我要入会");
});

test("whoever is no member, or not logged in, is asked to join", async () => {
  for (const me of [undefined, member("left")]) {
    const shown = page(me);
    await soon(() => expect(shown.querySelector("button")?.textContent).toContain("我要入会"));
    expect(shown.textContent).not.toContain("会员，一人");
  }
});

test("whoever scans before the beginning reads from when on, and whoever scans too late that it is over", async () => {
  const later = { ...EVENT, open: false, starts_at: "2999-07-01T09:00:00+08:00", ends_at: "2999-07-01T17:00:00+08:00" };
  const early = page(undefined, later);
  await soon(() => expect(early.textContent).toContain("报名定于 2999年7月1日 09:00 开始"));
  const called_off = page(undefined, { ...later, closed: true });
  await soon(() => expect(called_off.textContent).toContain("报名已经结束"));
  expect(called_off.textContent).not.toContain("报名定于");
  const late = page(undefined, { ...EVENT, open: false });
  await soon(() => expect(late.textContent).toContain("报名已经结束"));
});

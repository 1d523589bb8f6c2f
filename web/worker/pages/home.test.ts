import { createElement } from "react";
import { expect, test } from "vitest";
import type { DutyDay } from "../../client/types";
import { soon } from "../../testing";
import { remember } from "../station/remembered";
import { draw, json, serve } from "../testing";
import { HomePage } from "./home";

/** What the home page is told, but for whatever somebody has booked. */
const answers = (me: unknown, address: string) => {
  const told = { "/me/station-volunteering": { shifts: [] }, "/me/station-gifts": { mine: [] }, "/me": me };
  return Object.entries(told).find(([path]) => address.endsWith(path))?.[1] ?? [];
};

test("opened from the home screen without a network the way to where one is on duty stands there", async () => {
  const station = { id: "7", name: "友谊驿站" };
  remember("3", { station, service_choices: [], groups: [], checks: [], rounds: [] } as unknown as DutyDay);
  serve(() => Promise.reject(new TypeError("no network")));
  const { place } = draw(createElement(HomePage));
  await soon(() => expect(place.querySelector("a[href='/duty']")?.textContent).toContain("友谊驿站"));
  expect(place.querySelector("[role=alert]")?.textContent).toContain("连上网络后会自动再试。");
});

test("whose transfer nobody answered in time reads who decides, and no day that has passed", async () => {
  const member = {
    organisation: "骑手联合工会",
    state: "transfer_pending",
    state_label: "转接中",
    applied_on: "2026-05-01",
  };
  const transfer = { to_organisation: "快递员联合工会", due_on: "2026-06-30", overdue: true };
  serve((address) => json(answers({ person_id: "3", name: "张*", member, transfer }, address)));
  const { place } = draw(createElement(HomePage));
  await soon(() => expect(place.textContent).toContain("正在转到“快递员联合工会”，已过确认期限，由上级工会决定"));
  expect(place.textContent).not.toContain("6月30日");
});

test("whoever was not approved reads why, and not that his card will come", async () => {
  const member = { organisation: "骑手联合工会", state: "refused", state_label: "未批准", applied_on: "2026-07-01" };
  const me = { person_id: "3", name: "张*", member: { ...member, refused_because: "证件照片不清楚。" } };
  serve((address) => json(answers(me, address)));
  const { place } = draw(createElement(HomePage));
  await soon(() => expect(place.textContent).toContain("没有批准：证件照片不清楚。补齐后可以重新申请。"));
  expect(place.textContent).not.toContain("会员证会显示");
});

test("whose application is not answered in time is not told that it will be by a day that has passed", async () => {
  const term = { state: "overdue", due_on: "2026-07-08", pauses: [] };
  const member = {
    organisation: "骑手联合工会",
    state: "applied",
    state_label: "待审批",
    applied_on: "2026-06-29",
    term,
  };
  serve((address) => json(answers({ person_id: "3", name: "张*", member }, address)));
  const { place } = draw(createElement(HomePage));
  await soon(() => expect(place.textContent).toContain("您的申请应在2026年7月8日前答复，已超期，可拨打 12351 反映。"));
});

import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import { Meetings } from "./meetings";

test("whoever runs an activity takes an attendance of today back, for a reason", async () => {
  const activity = { id: "1", title: "讲座", starts_at: "2026-07-05T09:00:00+08:00", host: "区总工会", seated: 1 };
  const came = { id: "3", name: "张*", signed_up: true, attended_at: "2026-07-05T09:10:00+08:00" };
  const sent: unknown[] = [];
  serve((address, request) => {
    if (address.endsWith("/attendance-take-back")) {
      sent.push(JSON.parse(String(request.body)));
      return json({ ...activity, capacity: 9, waiting: 0, attended: 0 });
    }
    if (address.includes("/attendances?activity=1")) return json(sent.length === 0 ? [came] : []);
    return json([{ ...activity, capacity: 9, waiting: 0, attended: 1 - sent.length }]);
  });
  const { place } = draw(createElement(Meetings, { station: "7", keep: vi.fn() }));
  await press("今天的签到名单");
  await press("撤回");
  const form = await there(() => place.querySelector<HTMLFormElement>('form[aria-label="撤回"]'));
  type(form.querySelector("input") as HTMLInputElement, "扫错了活动");
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await soon(() => expect(sent).toEqual([{ signup_id: "3", reason: "扫错了活动" }]));
  await soon(() => expect(place.textContent).toContain("今天没有人签到"));
  expect(place.textContent).not.toContain("张*");
});

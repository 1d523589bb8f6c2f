import { createElement } from "react";
import { expect, test } from "vitest";
import type { StationActivity } from "../../client/types";
import { soon, there, type } from "../../testing";
import { draw, press, serve } from "../testing";
import { Signups } from "./signups";

const SIGNUP = { id: "3", name: "张*", phone: null, standing: "已报名", signed_at: "2026-07-04T09:00:00+08:00" };
const CAME = { ...SIGNUP, attended_at: "2026-07-05T09:10:00+08:00" };
const SESSION = { organisations: [{ id: "2", name: "包头市总工会" }], today: "2026-07-05" };
const ACTIVITY = { id: "1", title: "讲座" } as StationActivity;
const LIST = "GET /station-activities/1/signups";

test("an officer who corrects takes an attendance back, for a reason", async () => {
  let asked = 0;
  const sent = serve({ "GET /session": { ...SESSION, permissions: ["station.correct"] }, [LIST]: [CAME] });
  const page = createElement(Signups, { of: ACTIVITY, close: () => undefined, again: () => asked++ });
  draw(page);
  await press("撤回签到");
  const reason = await there(() => document.querySelector<HTMLTextAreaElement>("textarea"));
  type(reason, "扫错了活动");
  await press("撤回");
  await soon(() => expect(asked).toBe(1));
  const told = sent.find((one) => one.method === "POST");
  expect(told?.path).toBe("/station-activities/1/attendance-take-back");
  expect(told?.body).toEqual({ signup_id: "3", reason: "扫错了活动" });
});

test("whoever may not correct reads the list only", async () => {
  serve({ "GET /session": { ...SESSION, permissions: [] }, [LIST]: [CAME] });
  draw(createElement(Signups, { of: ACTIVITY, close: () => undefined, again: () => undefined }));
  await soon(() => expect(document.body.textContent).toContain("张*"));
  expect(document.body.textContent).not.toContain("撤回签到");
});

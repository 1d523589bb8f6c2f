import { createElement } from "react";
import { expect, test } from "vitest";
import { press, soon, there } from "../../testing";
import { draw, json, serve } from "../testing";
import { Times } from "./times";

test("who books a counsellor reads what is kept and agrees to it first; then the time that he chose is booked", async () => {
  const times = [{ starts_at: "2026-07-02T18:00:00+08:00", ends_at: "2026-07-02T19:00:00+08:00", free: true }];
  const notice = {
    purpose: "counselling",
    label: "预约心理咨询",
    version: "2026-1",
    text: "保存什么，谁能看，保存多久",
  };
  const sent: [string, unknown][] = [];
  serve((address, { method = "GET", body }) => {
    if (method === "GET") return json({ days: [{ day: "2026-07-02", times }] });
    sent.push([address.replace("/api/v1", ""), JSON.parse(String(body))]);
    const agreed = sent.some(([path]) => path === "/me/consents");
    return agreed ? json({}) : json({ code: "consent_missing", detail: "请先同意。", extra: notice }, 422);
  });
  let left = 0;
  const leave = () => {
    left += 1;
  };
  const path = "/me/station-desks/7/book";
  const { place } = draw(createElement(Times, { desk: "7", path, verb: "预约", leave, done: async () => undefined }));
  (await there(() => place.querySelector<HTMLInputElement>('input[type="radio"]'))).click();
  expect(place.textContent).not.toContain("谁能看");
  await press("预约7月2日18:00");
  await soon(() => expect(place.textContent).toContain("保存什么，谁能看，保存多久"));
  (await there(() => place.querySelector<HTMLInputElement>('input[type="checkbox"]'))).click();
  await press("同意并预约");
  await soon(() => expect(left).toBe(1));
  const booked = [path, { starts_at: times[0]?.starts_at }];
  expect(sent).toEqual([booked, ["/me/consents", { purpose: "counselling", version: "2026-1" }], booked]);
});

test("who books a lawyer can read what is kept, and agrees to nothing", async () => {
  const times = [{ starts_at: "2026-07-02T18:00:00+08:00", ends_at: "2026-07-02T19:00:00+08:00", free: true }];
  serve(() => json({ days: [{ day: "2026-07-02", times }], notice: "谁能看，保存多久" }));
  const nothing = async () => undefined;
  const { place } = draw(
    createElement(Times, { desk: "7", path: "/me/station-desks/7/book", verb: "预约", leave: nothing, done: nothing }),
  );
  await soon(() => expect(place.querySelector("details")?.textContent).toContain("谁能看，保存多久"));
  expect(place.querySelector('input[type="checkbox"]')).toBeNull();
});

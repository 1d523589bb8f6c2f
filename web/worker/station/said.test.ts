import { createElement } from "react";
import { expect, test } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import { SaidHere } from "./said";

test("a reply that everybody reads is put right where it was given", async () => {
  const rating = {
    id: "3",
    points: 4,
    said: "座位少了点",
    said_at: "2026-07-05T09:00:00+08:00",
    reply: "已加六个折叠登",
  };
  serve((_, request) => {
    if (request.method === "POST") rating.reply = JSON.parse(String(request.body)).reply;
    return json(request.method === "POST" ? rating : [rating]);
  });
  const { place } = draw(createElement(SaidHere, { station: "7" }));
  await press("修改回复");
  const field = await there(() => place.querySelector<HTMLInputElement>("input"));
  expect(field.value).toBe("已加六个折叠登");
  type(field, "已加六个折叠凳");
  place.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await soon(() => expect(place.textContent).toContain("我的回复：已加六个折叠凳"));
  expect(place.querySelector("form")).toBeNull();
});

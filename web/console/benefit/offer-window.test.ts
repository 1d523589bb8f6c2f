import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, serve } from "../testing";
import { OfferWindow } from "./offer-window";

test("a price that was emptied is asked for, and not taken for nothing", async () => {
  const sent = serve({});
  const none = () => undefined;
  draw(createElement(OfferWindow, { shown: "new", close: none, done: none }));
  const price = await there(() => document.querySelector<HTMLInputElement>("input#unit_yuan"));
  type(price, "");
  await press("保存");
  await soon(() => expect(document.body.textContent).toContain("请填写单价"));
  expect(sent.filter((one) => one.method === "POST")).toEqual([]);
});

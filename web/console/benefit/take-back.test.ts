import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, serve } from "../testing";
import { TakeBackWindow } from "./take-back";

test.each([
  ["claimed", "凭证在期限内可再次使用"],
  ["expired", "凭证已过使用期限"],
  ["returned", "本人另有一份"],
])("what becomes of a voucher that is %s once it is taken back is said", async (state, said) => {
  serve({ "POST /benefit-claims/1/take-back": { state, state_label: "" } });
  const nothing = () => {};
  const window = createElement(TakeBackWindow, { claim: { id: "1", name: "张*" }, close: nothing, done: nothing });
  draw(window, "/", "/");
  const field = await there(() => document.querySelector<HTMLTextAreaElement>("textarea#reason"));
  type(field, "误扫");
  await press("撤销核销");
  await soon(() => expect(document.body.textContent).toContain(said));
});

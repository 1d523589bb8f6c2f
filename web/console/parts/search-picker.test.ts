import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { PersonPicker } from "../station/person-picker";
import { draw, Refused, serve } from "../testing";

test("a search that was refused does not say that nobody is there", async () => {
  serve({ "GET /people": new Refused(429, "too_often", "今天查找号码的次数已用完，请明天再试。") });
  const { place } = draw(createElement(PersonPicker));
  const input = await there(() => place.querySelector("input"));
  input.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  type(input, "13800138000");
  await soon(() => expect(document.body.textContent).toContain("今天查找号码的次数已用完"));
  expect(document.body.textContent).not.toContain("没有找到这个人");
});

import { focusManager } from "@tanstack/react-query";
import { createElement } from "react";
import { Route, Routes } from "react-router";
import { expect, onTestFinished, test } from "vitest";
import { Queries } from "../../client/queries";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import { CheckPage } from "./check";

test("a card that was checked stays so when one comes back to the page after its code ran out", async () => {
  let asked = 0;
  serve(() => {
    asked += 1;
    const card = { valid: true, name: "张*", organisation: "骑手联合工会", state_label: "正常", since: null };
    return asked > 1 ? json({ code: "card_code_not_valid", detail: "二维码已过期。" }, 422) : json(card);
  });
  const client = new Queries({ defaultOptions: { queries: { retry: false, staleTime: 0 } } });
  const page = createElement(Route, { path: "/card/:token", element: createElement(CheckPage) });
  const { place } = draw(createElement(Routes, null, page), "/card/abc", client);
  await soon(() => expect(place.textContent).toContain("会员证有效"));
  onTestFinished(() => focusManager.setFocused(undefined));
  focusManager.setFocused(false);
  focusManager.setFocused(true);
  await new Promise((done) => setTimeout(done, 100));
  expect(place.textContent).not.toContain("不能核验");
  expect(asked).toBe(1);
});

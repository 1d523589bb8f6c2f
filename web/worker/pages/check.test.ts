// @vitest-environment jsdom
import { focusManager, QueryClientProvider } from "@tanstack/react-query";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter, Route, Routes } from "react-router";
import { expect, test, vi } from "vitest";
import { Queries } from "../../client/queries";
import { soon } from "../../testing";
import { CheckPage } from "./check";

vi.stubGlobal("scrollTo", () => undefined);

test("a card that was checked stays so when one comes back to the page after its code ran out", async () => {
  let asked = 0;
  vi.stubGlobal("fetch", async () => {
    asked += 1;
    const card = { valid: true, name: "张*", organisation: "骑手联合工会", state_label: "正常", since: null };
    const [status, body] = asked > 1 ? [422, { code: "card_code_not_valid", detail: "二维码已过期。" }] : [200, card];
    return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  });
  const place = document.createElement("div");
  const root = createRoot(place);
  const client = new Queries({ defaultOptions: { queries: { retry: false, staleTime: 0 } } });
  const page = createElement(Route, { path: "/card/:token", element: createElement(CheckPage) });
  const at = { initialEntries: ["/card/abc"] };
  const routes = createElement(MemoryRouter, at, createElement(Routes, null, page));
  root.render(createElement(QueryClientProvider, { client }, routes));
  await soon(() => expect(place.textContent).toContain("会员证有效"));
  focusManager.setFocused(false);
  focusManager.setFocused(true);
  await new Promise((done) => setTimeout(done, 100));
  expect(place.textContent).not.toContain("不能核验");
  expect(asked).toBe(1);
  root.unmount();
});

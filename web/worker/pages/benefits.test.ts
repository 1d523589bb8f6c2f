// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { Queries } from "../../client/queries";
import { soon } from "../../testing";
import BenefitsPage from "./benefits";

vi.stubGlobal("scrollTo", () => undefined);

test("vouchers that could not be fetched are not left out without a word", async () => {
  vi.stubGlobal("fetch", async (address: string) => {
    const [status, body] = address.endsWith("/me/vouchers") ? [500, { code: "fault", detail: "出错了。" }] : [200, []];
    return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  });
  const place = document.createElement("div");
  const root = createRoot(place);
  const page = createElement(MemoryRouter, null, createElement(BenefitsPage));
  const client = new Queries({ defaultOptions: { queries: { retry: false } } });
  root.render(createElement(QueryClientProvider, { client }, page));
  await soon(() => expect(place.textContent).toContain("出错了。"));
  expect(place.textContent).toContain("再试一次");
  root.unmount();
});

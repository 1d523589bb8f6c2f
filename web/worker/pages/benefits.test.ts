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

/** The page, where the server answers an address so; with nothing to any other. */
function shown(answers: (address: string) => [number, unknown] | undefined) {
  vi.stubGlobal("fetch", async (address: string) => {
    const [status, body] = answers(address) ?? [200, []];
    return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  });
  const place = document.createElement("div");
  const root = createRoot(place);
  const page = createElement(MemoryRouter, null, createElement(BenefitsPage));
  const client = new Queries({ defaultOptions: { queries: { retry: false } } });
  root.render(createElement(QueryClientProvider, { client }, page));
  return { place, root };
}

test("vouchers that could not be fetched are not left out without a word", async () => {
  const { place, root } = shown((address) =>
    address.endsWith("/me/vouchers") ? [500, { code: "fault", detail: "出错了。" }] : undefined,
  );
  await soon(() => expect(place.textContent).toContain("出错了。"));
  expect(place.textContent).toContain("再试一次");
  root.unmount();
});

const OFFER = {
  offer_id: "1",
  round_id: "2",
  title: "亲子游票券",
  kind_label: "票券",
  unit: "份",
  description: "",
  organisation: "东河区总工会",
  places: [],
  opens_at: "2026-07-01T09:00:00+08:00",
  closes_at: "2026-07-02T09:00:00+08:00",
  redeem_from: "2026-07-01",
  redeem_until: "2026-07-09",
  left: 0,
  way: "draw",
  entry_id: "385375906896143324",
  state: "had",
  why: null,
  voucher_id: "3",
};

test("who won a draw reads his number and how it was drawn, too", async () => {
  const { place, root } = shown((address) => (address.includes("/me/benefits") ? [200, [OFFER]] : undefined));
  await soon(() => expect(place.textContent).toContain("已领取，出示凭证"));
  expect(place.textContent).toContain("已中签，编号 385375906896143324");
  expect([...place.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toContain("/draw/2");
  root.unmount();
});

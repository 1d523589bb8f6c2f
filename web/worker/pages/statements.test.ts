// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { Queries } from "../../client/queries";
import { soon } from "../../testing";
import StatementsPage from "./statements";

vi.stubGlobal("scrollTo", () => undefined);

test("a statement that changed while it was looked at is shown as it is now, and confirmed by its new figures", async () => {
  localStorage.setItem("niangjia.partner-key", "0".repeat(32));
  let pieces = 10;
  const confirmed: number[] = [];
  const json = (body: unknown, status = 200) =>
    new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    if (address.endsWith("/confirm")) {
      confirmed.push(JSON.parse(String(request.body)).pieces);
      pieces = 12;
      return json({ code: "statement_changed", detail: "结算单刚刚有变动。" }, 409);
    }
    const row = { id: "1", month_label: "2026年7月", organisation: "区总工会", state: "open", over: true, disputed: 0 };
    const items = [{ ...row, confirmed: false, paid_on: null, pieces, amount_fen: 100, lines: [], disputes: [] }];
    return json({ place: "东河站", items });
  });
  const place = document.createElement("div");
  const root = createRoot(place);
  const page = createElement(MemoryRouter, null, createElement(StatementsPage));
  root.render(createElement(QueryClientProvider, { client: new Queries() }, page));
  const press = () => [...place.querySelectorAll("button")].find((one) => one.textContent === "确认无误")?.click();
  await soon(() => expect(place.textContent).toContain("10 份"));
  press();
  await soon(() => expect(place.textContent).toContain("12 份"));
  expect(place.textContent).toContain("结算单刚刚有变动。");
  press();
  await soon(() => expect(confirmed).toEqual([10, 12]));
  root.unmount();
});

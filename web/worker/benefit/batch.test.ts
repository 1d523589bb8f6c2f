// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { Queries } from "../../client/queries";
import type { MyVoucher } from "../../client/types";
import { soon } from "../../testing";
import { Batch } from "./batch";

test("a batch that filled up while it was chosen is not sent again: another is chosen first", async () => {
  const option = (id: string, free: number) => ({
    ...{ id, free, starts_on: "2026-08-01", ends_on: "2026-08-01", open: true, called_off: null, mine: false },
    ...{ place: { name: "体检中心" }, note: "", choose_until: "2026-07-25" },
  });
  let free = 1;
  vi.stubGlobal("fetch", async (address: string) => {
    const full = address.endsWith("/batch");
    if (full) free = 0;
    const body = full ? { code: "batch_full", detail: "这一批满了。" } : [option("1", free), option("2", 3)];
    const headers = { "content-type": "application/json" };
    return new Response(JSON.stringify(body), { status: full ? 409 : 200, headers });
  });
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  const voucher = { id: "5", companions: 0, batch: null } as unknown as MyVoucher;
  const page = createElement(MemoryRouter, null, createElement(Batch, { voucher }));
  root.render(createElement(QueryClientProvider, { client: new Queries() }, page));
  await soon(() => expect(place.querySelectorAll("input")).toHaveLength(2));
  place.querySelector("input")?.click();
  const send = () => [...place.querySelectorAll("button")].find((one) => one.type === "submit");
  await soon(() => expect(send()?.disabled).toBe(false));
  send()?.click();
  await soon(() => expect(place.querySelectorAll("input")).toHaveLength(1));
  await soon(() => expect(place.textContent).toContain("这一批满了。"));
  expect(send()?.disabled).toBe(true);
  root.unmount();
});

// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { Queries } from "../../client/queries";
import { soon } from "../../testing";
import GiftsPage from "./gifts";

vi.stubGlobal("scrollTo", () => undefined);

const GIFT = {
  id: "1",
  name: "棉衣",
  unit: "件",
  left: 1,
  station: "东河站",
  address: "站前路",
  giver: "公司",
  thanks: [],
};
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

/** Opens the page with what answers it. */
function open(answer: (address: string) => Promise<Response> | Response) {
  vi.stubGlobal("fetch", async (address: string) => answer(address));
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  const root = createRoot(place);
  const page = createElement(MemoryRouter, null, createElement(GiftsPage));
  root.render(createElement(QueryClientProvider, { client: new Queries() }, page));
  const press = (name: string) =>
    [...place.querySelectorAll("button")].find((one) => one.textContent?.replace(/\s/g, "") === name)?.click();
  return { place, root, press };
}

test("who is refused far down the list is led to why", async () => {
  const { place, root, press } = open((address) =>
    address.endsWith("/reserve")
      ? json({ code: "gift_gone", detail: "已经被领完了。" }, 409)
      : json({ offered: [GIFT], mine: [], given: [] }),
  );
  await soon(() => expect(place.textContent).toContain("棉衣"));
  press("预留一件");
  await soon(() => expect(document.activeElement?.textContent).toBe("已经被领完了。"));
  root.unmount();
});

test("the field in which one seeks stays while the answer is on its way", async () => {
  const { place, root, press } = open((address) =>
    address.includes("?q=") ? new Promise(() => undefined) : json({ offered: [GIFT], mine: [], given: [] }),
  );
  await soon(() => expect(place.textContent).toContain("棉衣"));
  const field = place.querySelector("input");
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, "手套");
  field?.dispatchEvent(new Event("input", { bubbles: true }));
  press("查找");
  await new Promise((done) => setTimeout(done, 100));
  expect(place.querySelector("input")).toBe(field);
  root.unmount();
});

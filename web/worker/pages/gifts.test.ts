import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, type } from "../../testing";
import { draw, json, serve } from "../testing";
import GiftsPage from "./gifts";

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

/** Opens the page with what answers it. */
function open(answer: (address: string) => Promise<Response> | Response) {
  serve(answer);
  const { place } = draw(createElement(GiftsPage));
  const press = (name: string) =>
    [...place.querySelectorAll("button")].find((one) => one.textContent?.replace(/\s/g, "") === name)?.click();
  return { place, press };
}

test("who is refused far down the list is led to why", async () => {
  const { place, press } = open((address) =>
    address.endsWith("/reserve")
      ? json({ code: "gift_gone", detail: "已经被领完了。" }, 409)
      : json({ offered: [GIFT], mine: [], given: [] }),
  );
  await soon(() => expect(place.textContent).toContain("棉衣"));
  press("预留一件");
  await soon(() => expect(document.activeElement?.textContent).toBe("已经被领完了。"));
});

test("the field in which one seeks stays while the answer is on its way", async () => {
  const { place, press } = open((address) =>
    address.includes("?q=") ? new Promise(() => undefined) : json({ offered: [GIFT], mine: [], given: [] }),
  );
  await soon(() => expect(place.textContent).toContain("棉衣"));
  const field = place.querySelector("input") as HTMLInputElement;
  type(field, "手套");
  press("查找");
  await new Promise((done) => setTimeout(done, 100));
  expect(place.querySelector("input")).toBe(field);
});

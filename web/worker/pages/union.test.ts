import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import { UnionPage } from "./union";

test("of two numbers, or of one with an extension, just the first is dialled", async () => {
  const dialled = async (contact: string) => {
    const union = { id: "1", name: "骑手联合工会", members: 1, path: [], contact };
    serve((address) => json(address.endsWith("/me/union") ? union : { months: [] }));
    const { place } = draw(createElement(UnionPage));
    await soon(() => expect(place.textContent).toContain(contact));
    return place.querySelector("a.main")?.getAttribute("href");
  };
  expect(await dialled("0472-5118888、13800138000")).toBe("tel:04725118888");
  expect(await dialled("（0472）511 8888 转 802")).toBe("tel:04725118888");
  expect(await dialled("12351")).toBe("tel:12351");
});

test("who is no member reads whom to call, and no number of members", async () => {
  const union = { id: "1", name: "骑手联合工会", members: null, path: [], contact: "0472-5118888" };
  serve((address) => json(address.endsWith("/me/union") ? union : { months: [] }));
  const { place } = draw(createElement(UnionPage));
  await soon(() => expect(place.textContent).toContain("打电话给工会"));
  expect([...place.querySelectorAll("dt")].map((one) => one.textContent)).toEqual(["主席", "上级"]);
});

import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { pick, soon } from "../../testing";
import { draw, GRASSROOTS, officer, press, serve, TOP } from "../testing";
import Imports from "./imports";

test("a roster that is sent again after no answer came is sent under the same key, and so brought in once", async () => {
  const asked = serve({ "GET /session": officer(), "GET /organisations/2": GRASSROOTS });
  const keys: string[] = [];
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      upload = {};
      onerror?: () => void;
      open = () => undefined;
      setRequestHeader = (name: string, value: string) => void (name === "idempotency-key" && keys.push(value));
      send = () => this.onerror?.();
    },
  );
  const { place } = draw(createElement(Imports));
  await soon(() => expect(place.textContent).toContain("还没有导入过名册"));
  await soon(() => expect(asked.some((one) => one.path === "/organisations/2")).toBe(true));
  await press("导入名册");
  await soon(() => expect(document.querySelector("[role=dialog]")?.textContent).toContain(GRASSROOTS.name));
  await pick("名册.csv");
  await soon(() => expect(document.body.textContent).toContain("名册.csv"));
  await press("上传");
  await soon(() => expect(document.body.textContent).toContain("网络不通"));
  await press("上传");
  await soon(() => expect(keys).toHaveLength(2));
  expect(keys[1]).toBe(keys[0]);
  await pick("名册2.csv");
  await soon(() => expect(document.body.textContent).toContain("名册2.csv"));
  await press("上传");
  await soon(() => expect(keys).toHaveLength(3));
  expect(keys[2]).not.toBe(keys[0]);
});

test("a city's officer says whose members a roster holds: the federation itself is not chosen for him", async () => {
  const asked = serve({ "GET /session": officer(), "GET /organisations/2": { ...TOP, level: "prefecture" } });
  draw(createElement(Imports));
  await soon(() => expect(asked.some((one) => one.path === "/organisations/2")).toBe(true));
  await press("导入名册");
  await soon(() => expect(document.body.textContent).toContain("会员登记在基层工会，请选择名册是哪一家的"));
  await press("上传");
  await soon(() => expect(document.body.textContent).toContain("请选择基层工会"));
  expect(document.querySelector("[role=dialog]")?.textContent).not.toContain(TOP.name);
});

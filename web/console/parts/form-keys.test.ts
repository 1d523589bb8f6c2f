import { createElement } from "react";
import { expect, test } from "vitest";
import { gone, soon, there, type } from "../../testing";
import Platforms from "../pages/platforms";
import { draw, officer, press, serve, TOP } from "../testing";
import { ConfirmButton } from "./acts";

const session = officer("workforce.manage");
const name = () => there(() => document.querySelector<HTMLInputElement>(".ant-modal input#name"));
const closed = () => soon(() => expect(document.querySelector(".ant-modal input#name")).toBeNull());
const posts = (sent: { method: string }[]) => sent.filter((one) => one.method === "POST").length;
const text = () => document.body.textContent;

function key(target: EventTarget, key: string, more: KeyboardEventInit = {}) {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

/** Opens the window of a new company. */
async function opened(answer: unknown = {}) {
  const sent = serve({
    "GET /session": session,
    "GET /organisations/2": TOP,
    "GET /platforms": { items: [], total: 0 },
    "POST /platforms": answer,
  });
  draw(createElement(Platforms));
  await press("新增企业");
  return { sent, field: await name() };
}

test("a window begins in its first field", async () => {
  const { field } = await opened();
  await soon(() => expect(document.activeElement).toBe(field));
});

test("Enter sends a form of several fields, once however often it is pressed, and not what is still being composed", async () => {
  let answer: () => void = () => undefined;
  const { sent, field } = await opened(() => new Promise((resolve) => (answer = () => resolve({}))));
  type(field, "美团");
  key(field, "Enter", { isComposing: true });
  key(await there(() => document.querySelector<HTMLInputElement>(".ant-modal input[role=combobox]")), "Enter");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(posts(sent)).toBe(0);
  key(field, "Enter");
  await soon(() => expect(posts(sent)).toBe(1));
  key(field, "Enter");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(posts(sent)).toBe(1);
  answer();
  await closed();
});

test("Escape closes what nobody filled in at once, and asks before it gives up what somebody did", async () => {
  const { field } = await opened();
  key(window, "Escape");
  await closed();
  expect(text()).not.toContain("放弃填写的内容？");
  expect(field.isConnected).toBe(false);
  await press("新增企业");
  type(await name(), "美团");
  key(window, "Escape");
  await soon(() => expect(text()).toContain("放弃填写的内容？"));
  await press("继续填写");
  expect((await name()).value).toBe("美团");
  await gone("放弃填写的内容？");
  (await there(() => document.querySelector<HTMLElement>(".ant-modal-close"))).click();
  await press("放弃");
  await closed();
});

test("a question before what can't be made good has the focus on the button that does nothing", async () => {
  const drawn = (danger: boolean) => {
    const question = { title: "删除？", okText: "删除", danger };
    draw(createElement(ConfirmButton, { question, run: async () => undefined }, danger ? "先问" : "直接"));
  };
  const focused = () => document.activeElement?.textContent?.replaceAll(" ", "");
  drawn(true);
  await press("先问");
  await soon(() => expect(focused()).toBe("取消"));
  await press("取消");
  drawn(false);
  await press("直接");
  await soon(() => expect(focused()).toBe("删除"));
});

import { Button, Form, type FormInstance, Input } from "antd";
import { createElement, useState } from "react";
import { Link, Route, Routes } from "react-router";
import { expect, onTestFinished, test, vi } from "vitest";
import { Queries } from "../../client/queries";
import { gone, show, soon, there, type } from "../../testing";
import Platforms from "../pages/platforms";
import { Surroundings } from "../surroundings";
import { draw, officer, press, serve, TOP } from "../testing";
import { FormModal } from "./form-modal";
import { watchLeaving } from "./leaving";

const field = () => document.querySelector<HTMLInputElement>(".ant-modal input#name");
const asked = () => document.body.textContent?.includes("放弃填写的内容？") ?? false;
const at = (path: string) => soon(() => expect(window.location.pathname).toBe(path));

/** Whether the browser asks before the page goes. */
function holds() {
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

/** The page of companies, come to from another, with the window of a new one. */
async function opened() {
  serve({
    "GET /session": officer("workforce.manage"),
    "GET /organisations/2": TOP,
    "GET /platforms": { items: [], total: 0 },
    "POST /platforms": {},
  });
  const media = window.matchMedia;
  vi.stubGlobal("matchMedia", (query: string) => ({ ...media(query), matches: true }));
  window.history.replaceState(null, "", "/before");
  onTestFinished(() => window.history.replaceState(null, "", "/"));
  onTestFinished(watchLeaving());
  const routes = createElement(
    Routes,
    null,
    createElement(Route, { path: "/before", element: createElement(Link, { to: "/platforms" }, "企业") }),
    createElement(Route, { path: "/platforms", element: createElement(Platforms) }),
  );
  const client = new Queries({ defaultOptions: { queries: { retry: false } } });
  show(createElement(Surroundings, { client }, routes));
  (await there(() => document.querySelector("a"))).click();
  await press("新增企业");
  return there(field);
}

test("Back, closing and reloading ask before they give up what somebody filled in, and nobody who filled in nothing", async () => {
  const before = await opened();
  expect(holds()).toBe(false);
  window.history.back();
  await soon(() => expect(field()).toBeNull());
  expect(asked()).toBe(false);
  expect(before.isConnected).toBe(false);
  window.history.forward();
  await press("新增企业");
  type(await there(field), "美团");
  await soon(() => expect(holds()).toBe(true));
  window.history.back();
  await soon(() => expect(asked()).toBe(true));
  await at("/platforms");
  await press("继续填写");
  await gone("放弃填写的内容？");
  expect(field()?.value).toBe("美团");
  window.history.back();
  await press("放弃");
  await at("/before");
  await soon(() => expect(field()).toBeNull());
  expect(holds()).toBe(false);
});

test("what was sent is left by Back without a question", async () => {
  type(await opened(), "美团");
  await press("保存");
  await soon(() => expect(field()).toBeNull());
  expect(holds()).toBe(false);
  window.history.back();
  await at("/before");
  expect(asked()).toBe(false);
});

test("what a file filled in is asked about, too, in a window that was open before", async () => {
  function Page() {
    const [isOpen, open] = useState(false);
    const fields = (form: FormInstance<{ name: string }>) => [
      createElement(Form.Item, { key: "name", name: "name" }, createElement(Input)),
      createElement(Button, { key: "file", onClick: () => form.setFieldValue("name", "元旦") }, "读取文件"),
    ];
    const filled = { open: isOpen, close: () => open(false), submit: async () => null, children: fields };
    return createElement(
      "div",
      null,
      createElement(Button, { onClick: () => open(true) }, "打开窗口"),
      createElement(FormModal<{ name: string }, null>, { title: "载入", ...filled }),
    );
  }
  serve({});
  onTestFinished(watchLeaving());
  draw(createElement(Page));
  await press("打开窗口");
  await press("取消");
  await soon(() => expect(field()).toBeNull());
  await press("打开窗口");
  expect(holds()).toBe(false);
  await press("读取文件");
  expect(holds()).toBe(true);
});

// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App } from "antd";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { asBrowser, soon } from "../testing";
import { useLogOut } from "./session";

asBrowser();

test("who is still logged in, because the server was not reached, is told so", async () => {
  const answer = () => new Response(JSON.stringify({ code: "fault", detail: "系统出了故障。" }), { status: 500 });
  vi.stubGlobal("fetch", async () => answer());
  let leave: (() => Promise<void>) | undefined;
  function Frame() {
    leave = useLogOut();
    return null;
  }
  const root = createRoot(document.createElement("div"));
  const frame = createElement(App, null, createElement(Frame));
  root.render(createElement(QueryClientProvider, { client: new QueryClient() }, frame));
  await soon(() => expect(leave).toBeDefined());
  await leave?.();
  await soon(() => expect(document.body.textContent).toContain("还没有退出：系统出了故障。"));
  root.unmount();
});

import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon } from "../testing";
import { useLogOut } from "./session";
import { draw } from "./testing";

test("who is still logged in, because the server was not reached, is told so", async () => {
  const answer = () => new Response(JSON.stringify({ code: "fault", detail: "系统出了故障。" }), { status: 500 });
  vi.stubGlobal("fetch", async () => answer());
  let leave: (() => Promise<void>) | undefined;
  function Frame() {
    leave = useLogOut();
    return null;
  }
  draw(createElement(Frame));
  await leave?.();
  await soon(() => expect(document.body.textContent).toContain("还没有退出：系统出了故障。"));
});

import { createElement, useReducer } from "react";
import { expect, test, vi } from "vitest";
import { soon } from "../testing";
import { useLogOut, useSession, useToday } from "./session";
import { draw, serve } from "./testing";

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

test("a page that is open at midnight is of the new day, by the server's clock", async () => {
  serve({ "GET /session": { today: "2026-12-31" } });
  let again: (() => void) | undefined;
  function Frame() {
    again = useReducer((drawn: number) => drawn + 1, 0)[1];
    return createElement("p", null, useToday());
  }
  const { place } = draw(createElement(Frame));
  await soon(() => expect(place.textContent).toBe("2026-12-31"));
  vi.spyOn(Date, "now").mockReturnValue(Date.now() + 12 * 3_600_000);
  again?.();
  await soon(() => expect(place.textContent).toBe("2027-01-01"));
});

test("what somebody typed in a window is there for himself when he comes back, and for nobody else, however he logged in", async () => {
  const draft = "niangjia.outline.7";
  function Frame() {
    return createElement("p", null, useSession().data?.account);
  }
  const come = async (account: string) => {
    serve({ "GET /session": { account } });
    const { place } = draw(createElement(Frame));
    await soon(() => expect(place.textContent).toBe(account));
    return sessionStorage.getItem(draft);
  };
  await come("7");
  sessionStorage.setItem(draft, "typed");
  expect(await come("7")).toBe("typed");
  expect(await come("8")).toBeNull();
});

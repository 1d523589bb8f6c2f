import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { post } from "../../client/http";
import { gone, soon, there } from "../../testing";
import { draw, press, Refused, serve } from "../testing";
import { ConfirmButton } from "./acts";

test("what is confirmed again after no answer came is sent under the same key, and so done once", async () => {
  serve({});
  const answers: (Response | undefined)[] = [undefined, new Response("{}"), new Response("{}")];
  const keys: string[] = [];
  vi.stubGlobal("fetch", async (_: string, { headers }: { headers: Record<string, string> }) => {
    keys.push(headers["idempotency-key"] ?? "");
    const answer = answers.shift();
    if (!answer) throw new TypeError("no network");
    return answer;
  });
  const done = vi.fn();
  const run = (sending: object) => post("/stations/1/open", undefined, { ...sending, waits: [] });
  const question = { title: "开放？", okText: "照常开放" };
  draw(createElement(ConfirmButton, { question, run, done }, "开放"));
  await press("开放");
  await press("照常开放");
  await soon(() => expect(document.body.textContent).toContain("网络不通"));
  await press("知道了");
  await gone("网络不通");
  await gone("开放？");
  await press("开放");
  await press("照常开放");
  await soon(() => expect(done).toHaveBeenCalledTimes(1));
  await gone("开放？");
  await press("开放");
  await press("照常开放");
  await soon(() => expect(done).toHaveBeenCalledTimes(2));
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

test("whoever reads why it was refused goes on by keyboard where he asked for it", async () => {
  serve({ "POST /stations/1/open": new Refused(409, "refused", "还没有站长。") });
  const run = () => post("/stations/1/open", undefined, { key: "1" });
  draw(createElement(ConfirmButton, { question: { title: "开放？", okText: "照常开放" }, run }, "开放"));
  const asked = await there(() => document.querySelector<HTMLElement>("button"));
  asked.focus();
  await press("开放");
  await press("照常开放");
  await soon(() => expect(document.body.textContent).toContain("还没有站长"));
  await gone("开放？");
  await press("知道了");
  await gone("还没有站长");
  await soon(() => expect(document.activeElement).toBe(asked));
});

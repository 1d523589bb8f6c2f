import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon, there } from "../../testing";
import { draw, serve } from "../testing";
import Exports from "./exports";

const ROW = {
  id: "1",
  title: "会员",
  format: "xlsx",
  rows: 9,
  done: 1,
  asked_at: "2026-07-05T09:00:00+08:00",
  columns: [],
};

test("on a slow network the next look waits for the answer to the one before", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const headers = { "content-type": "application/json" };
  const page = (state: string) => new Response(JSON.stringify({ items: [{ ...ROW, state }], total: 1 }), { headers });
  const answers: ((answer: Response) => void)[] = [];
  vi.stubGlobal("fetch", (address: string) =>
    address.includes("/exports")
      ? new Promise<Response>((answer) => answers.push(answer))
      : Promise.resolve(new Response(JSON.stringify({ permissions: [] }), { headers })),
  );
  const { place } = draw(createElement(Exports));
  await soon(() => expect(answers).toHaveLength(1));
  answers[0]?.(page("running"));
  await soon(() => expect(place.textContent).toContain("正在生成"));
  await soon(() => {
    vi.advanceTimersByTime(2_000);
    expect(answers).toHaveLength(2);
  });
  for (const _ of [1, 2]) {
    vi.advanceTimersByTime(2_000);
    await new Promise((done) => setTimeout(done, 20));
  }
  expect(answers).toHaveLength(2);
  answers[1]?.(page("done"));
  await soon(() => expect(place.textContent).toContain("可下载"));
});

test("which rows an export holds stands below its title", async () => {
  const row = { ...ROW, state: "done", filter: "状态：正常；单位：包头市总工会" };
  serve({ "GET /exports": { items: [row], total: 1 } });
  const { place } = draw(createElement(Exports));
  await soon(() => expect(place.textContent).toContain(row.filter));
});

test("the hashes of a file are copied, to be held against the file's own", async () => {
  const row = { ...ROW, state: "done", hash: "9a0b".repeat(16), sha256: "f00d".repeat(16) };
  serve({ "GET /exports": { items: [row], total: 1 } });
  const { place } = draw(createElement(Exports));
  const written = vi.fn(async (_: string) => undefined);
  vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: written, write: undefined } });
  (await there(() => place.querySelector<HTMLElement>('[aria-label="复制校验值"]'))).click();
  await soon(() => expect(written).toHaveBeenCalledWith(`SM3：${row.hash} SHA-256：${row.sha256}`));
});

test("what nobody approved in time is told apart from a file whose time is over", async () => {
  const over = { ...ROW, state: "expired" };
  const items = [over, { ...over, id: "2", finished_at: "2026-07-05T09:01:00+08:00" }];
  serve({ "GET /exports": { items, total: 2 } });
  const { place } = draw(createElement(Exports));
  const told = async (id: string) => (await there(() => place.querySelector(`tr[data-row-key="${id}"]`))).textContent;
  expect(await told("1")).toContain("过期无人批准");
  expect(await told("2")).toContain("已到期删除");
});

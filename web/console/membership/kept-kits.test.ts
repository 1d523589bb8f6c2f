import { expect, test, vi } from "vitest";
import { Problem } from "../../client/http";
import { problemOf } from "../../client/problem";
import { begun, isOut, isUnstored, keep, kept, sendKept } from "./kept-kits";

const problem = (status: number, body: object) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/problem+json" } });

test("what was handed over offline is sent under its first key, and a second kit is told with both times", async () => {
  keep("7", begun("一号台", "1522010000000014"));
  keep("7", begun("一号台", "1522010000000022"));
  const [first, second] = kept("7");
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("offline")));
  expect(await sendKept("7")).toEqual([]);
  expect(kept("7")).toHaveLength(2);
  const both = {
    first: { gate: "二号台", given_at: "2026-07-01T14:00:00+08:00" },
    second: { gate: "一号台", given_at: second?.given_at ?? "" },
  };
  const keys: string[] = [];
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    keys.push((init.headers as Record<string, string>)["idempotency-key"] ?? "");
    return keys.length === 1
      ? new Response(JSON.stringify(both.first), { headers: { "content-type": "application/json" } })
      : problem(409, { code: "kit_given", detail: "礼包已领取过。", extra: both });
  });
  const unsettled = await sendKept("7");
  expect(keys).toEqual([first?.key, second?.key]);
  expect(unsettled).toEqual([{ kit: second, message: "礼包已领取过。", both }]);
  expect(kept("7")).toEqual([]);
});

test("a kit stays on the device until the server itself has judged it", async () => {
  keep("7", begun("一号台", "1522010000000014"));
  const answers = [
    () => new Response("<h1>502 Bad Gateway</h1>", { status: 502 }),
    () => problem(503, { code: "busy", detail: "服务正忙。" }),
    () => problem(429, { code: "too_often", detail: "操作太频繁。" }),
    () => problem(403, { code: "forbidden", detail: "没有权限。" }),
    () => new Response("请先登录会场网络", { status: 404 }),
  ];
  for (const answer of answers) {
    vi.stubGlobal("fetch", async () => answer());
    expect(await sendKept("7")).toEqual([]);
    expect(kept("7")).toHaveLength(1);
  }
});

test("one that the server can't digest holds up no other", async () => {
  keep("7", begun("一号台", "1522010000000014"));
  keep("7", begun("一号台", "1522010000000022"));
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) =>
    String(init.body).includes("0014")
      ? problem(500, { code: "fault", detail: "系统出了故障。" })
      : new Response("{}", { headers: { "content-type": "application/json" } }),
  );
  expect(await sendKept("7")).toEqual([]);
  expect(kept("7").map((one) => one.code)).toEqual(["1522010000000014"]);
});

test("the table goes on while the server starts again as it does without a network", () => {
  expect(isOut(problemOf(502, "<h1>Bad Gateway</h1>"))).toBe(true);
  expect(isOut(new Problem(0, "offline", ""))).toBe(true);
  expect(isOut(problemOf(409, JSON.stringify({ code: "kit_given" })))).toBe(false);
  expect(isOut(problemOf(500, JSON.stringify({ code: "fault" })))).toBe(false);
});

test("a device without room keeps what was handed over as long as the page is open, and says so", async () => {
  keep("7", begun("一号台", "1522010000000014"));
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  keep("7", begun("一号台", "1522010000000022"));
  expect([kept("7").length, isUnstored("7")]).toEqual([2, true]);
  vi.stubGlobal("fetch", async () => new Response("{}", { headers: { "content-type": "application/json" } }));
  expect(await sendKept("7")).toEqual([]);
  expect([kept("7").length, isUnstored("7")]).toEqual([0, false]);
});

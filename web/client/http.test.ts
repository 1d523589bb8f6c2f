import { expect, test, vi } from "vitest";
import { get, Problem, send } from "./http";

const reply = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

test("a lost connection is tried again under the same key", async () => {
  const keys: unknown[] = [];
  const fetched = vi.fn(async (_: string, request: RequestInit) => {
    keys.push((request.headers as Record<string, string>)["idempotency-key"]);
    if (keys.length < 3) throw new TypeError("network");
    return reply(200, { done: true });
  });
  vi.stubGlobal("fetch", fetched);
  expect(await send("POST", "/members", {}, { waits: [0, 0] })).toEqual({ done: true });
  expect(new Set(keys).size).toBe(1);
  expect(keys).toHaveLength(3);
});

test("a refusal is not tried again and tells what to do, field by field", async () => {
  const body = {
    code: "invalid",
    detail: "有几处",
    fields: [{ field: "phone", code: "shape", message: "请填手机号" }],
  };
  const fetched = vi.fn(async () => reply(422, body));
  vi.stubGlobal("fetch", fetched);
  const problem = await send("POST", "/members", {}).catch((error: Problem) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect((problem as Problem).of("phone")).toBe("请填手机号");
  expect((problem as Problem).isOf(["name", "phone"])).toBe(true);
  expect((problem as Problem).isOf(["name"])).toBe(false);
  expect(new Problem(409, "taken", "已有人办理").isOf(["name"])).toBe(false);
  expect(fetched).toHaveBeenCalledTimes(1);
});

test("empty query values are left out", async () => {
  const fetched = vi.fn(async (_path: string) => reply(200, []));
  vi.stubGlobal("fetch", fetched);
  await get("/facts", { kinds: "love_meal", groups: "", cursor: undefined, limit: 20 });
  expect(fetched.mock.calls[0]?.[0]).toBe("/api/v1/facts?kinds=love_meal&limit=20");
});

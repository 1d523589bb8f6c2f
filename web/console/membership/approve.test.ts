import { expect, test, vi } from "vitest";
import { approveByRule } from "./approve";

const rule = { organisation_id: "2", event_id: null };
const paused = { id: "9", reason: "已暂停办理的申请" };
const answer = (body: object, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

test("the rule goes on behind the thousand that one call takes, each call under a key of its own", async () => {
  const sent: { rule: { after?: string }; key?: string }[] = [];
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    const key = (init.headers as Record<string, string>)["idempotency-key"];
    sent.push({ ...JSON.parse(String(init.body)), key });
    return answer(
      sent.length === 1
        ? { approved: 1000, refused: [paused], next: "77" }
        : { approved: 12, refused: [paused, { id: "80", reason: "没有手机号码" }] },
    );
  });
  const all = await approveByRule(rule, { key: "k" });
  expect(all.approved).toBe(1012);
  expect(all.refused.map((one) => one.id)).toEqual(["9", "80"]);
  expect(sent.map((one) => one.rule.after)).toEqual([undefined, "77"]);
  expect(new Set(sent.map((one) => one.key)).size).toBe(2);
});

test("what was approved before it was broken off is told", async () => {
  let calls = 0;
  vi.stubGlobal("fetch", async () => {
    calls += 1;
    if (calls === 1) return answer({ approved: 1000, refused: [], next: "77" });
    return answer({ code: "too_often", detail: "操作太频繁。" }, 429);
  });
  const all = await approveByRule(rule, { key: "k" });
  expect([all.approved, all.broken?.code]).toEqual([1000, "too_often"]);
  calls = 1;
  await expect(approveByRule(rule, { key: "k" })).rejects.toMatchObject({ code: "too_often" });
});

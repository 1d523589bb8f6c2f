import { expect, test, vi } from "vitest";
import { asked } from "../asked";
import { looked } from "./looked";
import { forget, isUnstored, keep, own, refused, send, settle, unsent, waiting } from "./queue";

const answer = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

test("what found no network waits and arrives under the same name", async () => {
  const names: string[] = [];
  let up = false;
  vi.stubGlobal("fetch", async (_: string, request: RequestInit) => {
    names.push(JSON.parse(String(request.body)).sent_as);
    if (!up) throw new TypeError("no network");
    return answer(200, { counted_before: false });
  });
  keep("7", "11", "entries", "快递员 3人", { quantity: 3, group: "courier" });
  keep("7", "11", "entries", "快递员 1人", { quantity: 1, group: "courier" });
  expect((await send("7", "11")).arrived).toHaveLength(0);
  expect(waiting("7").length).toBe(2);
  up = true;
  expect((await send("7", "11")).arrived).toHaveLength(2);
  expect(waiting("7")).toEqual([]);
  expect(names[0]).toBe(names[1]);
  expect(new Set(names).size).toBe(2);
});

test("what is taken from the cupboard waits, too, and arrives once", async () => {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async (to: string, request: RequestInit) => {
    sent.push(`${to} ${JSON.parse(String(request.body)).quantity}`);
    return answer(200, { name: "创可贴" });
  });
  keep("7", "11", "takings", "领用创可贴2盒", { good_id: "9", quantity: 2 });
  expect((await send("7", "11")).names).toEqual(["领用创可贴2盒"]);
  expect((await send("7", "11")).arrived).toHaveLength(0);
  expect(sent).toEqual([expect.stringMatching(/me\/stations\/7\/takings 2$/)]);
});

test("what the server refuses is told and waits no longer; a log-in that ran out loses nothing", async () => {
  keep("7", "11", "entries", "到站码", { code: "x" });
  vi.stubGlobal("fetch", async () => answer(401, { status: 401, code: "unauthenticated", detail: "请先登录。" }));
  expect((await send("7", "11")).stranger).toBe(true);
  expect(waiting("7").length).toBe(1);
  vi.stubGlobal("fetch", async () => answer(422, { status: 422, code: "x", detail: "二维码已过期。" }));
  await send("7", "11");
  expect(waiting("7")).toEqual([]);
  // Also where the page was left meanwhile, until he has read it.
  expect(refused("7", "11").map((one) => [one.label, one.refused])).toEqual([["到站码", "二维码已过期。"]]);
  expect([refused("7", "12"), (await send("7", "11")).arrived]).toEqual([[], []]);
  settle("7", "11");
  expect(refused("7", "11")).toEqual([]);
});

test("what a proxy, a network's own page or a busy server says is no judgement: it waits on", async () => {
  keep("7", "11", "entries", "快递员 1人", { quantity: 1, group: "courier" });
  const answers = [
    () => new Response("<h1>502 Bad Gateway</h1>", { status: 502 }),
    () => answer(429, { code: "too_often", detail: "操作太频繁。" }),
    () => new Response("请先登录会场网络", { status: 403 }),
  ];
  for (const said of answers) {
    vi.stubGlobal("fetch", async () => said());
    expect(await send("7", "11")).toMatchObject({ arrived: [], stranger: false });
    expect(refused("7", "11")).toEqual([]);
    expect(waiting("7").length).toBe(1);
  }
});

test("what belongs to a post that is over waits on, and holds up nothing behind it", async () => {
  keep("7", "11", "takings", "领用创可贴2盒", { good_id: "9", quantity: 2 });
  keep("7", "11", "entries", "快递员 1人", { quantity: 1, group: "courier" });
  vi.stubGlobal("fetch", async (to: string) =>
    to.endsWith("takings") ? answer(404, { status: 404, code: "not_found", detail: "没有找到。" }) : answer(200, {}),
  );
  const sent = await send("7", "11");
  expect([sent.arrived.length, refused("7", "11")]).toEqual([1, []]);
  expect(waiting("7").map((one) => one.label)).toEqual(["领用创可贴2盒"]);
});

test("what the server can't digest waits on, and holds up nothing behind it", async () => {
  keep("7", "11", "takings", "领用创可贴2盒", { good_id: "9", quantity: 2 });
  keep("7", "11", "entries", "快递员 1人", { quantity: 1, group: "courier" });
  vi.stubGlobal("fetch", async (to: string) =>
    to.endsWith("takings") ? answer(500, { code: "fault", detail: "系统出了故障。" }) : answer(200, {}),
  );
  expect((await send("7", "11")).arrived).toHaveLength(1);
  expect(waiting("7").map((one) => one.label)).toEqual(["领用创可贴2盒"]);
});

test("what one wrote down at any station is known at his log-out and removed, and what another wrote down is not", () => {
  localStorage.setItem("theme", "dark");
  keep("7", "11", "entries", "快递员 1人", { quantity: 1, group: "courier" });
  keep("7", "12", "entries", "司机 3人", { quantity: 3, group: "truck_driver" });
  keep("8", "11", "entries", "骑手 2人", { quantity: 2, group: "delivery_rider" });
  expect(new Set(unsent("11").map((one) => one.label))).toEqual(new Set(["快递员 1人", "骑手 2人"]));
  forget("11");
  expect(unsent("11")).toEqual([]);
  expect(unsent("12").map((one) => one.label)).toEqual(["司机 3人"]);
  expect(localStorage.getItem("theme")).toBe("dark");
});

test("what its writer removed at his log-out while it was being sent is not sent after it, and does not come back", async () => {
  keep("7", "11", "entries", "快递员 1人", { quantity: 1, group: "courier" });
  keep("7", "11", "entries", "骑手 2人", { quantity: 2, group: "delivery_rider" });
  const fetched = vi.fn(async () => {
    forget("11");
    return answer(422, { code: "x", detail: "二维码已过期。" });
  });
  vi.stubGlobal("fetch", fetched);
  await send("7", "11");
  expect([fetched.mock.calls.length, waiting("7"), refused("7", "11")]).toEqual([1, [], []]);
});

test("where the phone has no room left what is written down is still sent, and known to be lost with the page", async () => {
  keep("7", "11", "entries", "快递员 1人", { quantity: 1, group: "courier" });
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  keep("7", "11", "entries", "骑手 2人", { quantity: 2, group: "delivery_rider" });
  expect(isUnstored("7")).toBe(true);
  expect(waiting("7").map((one) => one.label)).toEqual(["快递员 1人", "骑手 2人"]);
  expect(unsent("11")).toHaveLength(2);
  vi.stubGlobal("fetch", async () => answer(200, { counted_before: false }));
  expect((await send("7", "11")).arrived).toHaveLength(2);
  expect([waiting("7"), isUnstored("7")]).toEqual([[], false]);
});

test("what somebody wrote down is sent under his own log-in only", async () => {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async (_: string, request: RequestInit) => {
    sent.push(JSON.parse(String(request.body)).group);
    return answer(200, { counted_before: false });
  });
  keep("7", "11", "entries", "快递员 1人", { quantity: 1, group: "courier" });
  keep("7", "12", "entries", "骑手 2人", { quantity: 2, group: "delivery_rider" });
  expect(own("7", "12").map((one) => one.label)).toEqual(["骑手 2人"]);
  expect((await send("7", "12")).arrived).toHaveLength(1);
  expect(sent).toEqual(["delivery_rider"]);
  expect((await send("7", "11")).arrived).toHaveLength(1);
  expect(waiting("7")).toEqual([]);
});

test("a look round that waits on the phone is made: the evening's is the one at closing, without a network, too", () => {
  vi.useFakeTimers({ now: Date.parse("2026-07-05T08:30:00+08:00") });
  keep("7", "11", "rounds", "开站检查", { kind: "opening", points: [], photos: [] });
  vi.useRealTimers();
  expect(looked([], own("7", "11"), "2026-07-05")).toEqual(new Set(["opening"]));
  expect(looked([], own("7", "11"), "2026-07-06")).toEqual(new Set());
});

test("what was taken is asked for anew in the list of what came and went, too", () => {
  const asks = (path: string) => asked("/me/stations/7").predicate({ queryKey: ["mine", path] });
  expect(asks("/me/stations/7/supplies")).toBe(true);
  expect(asks("/me/stations/7/supply-moves?good=9&limit=10")).toBe(true);
  expect(asks("/me/stations/8/supplies")).toBe(false);
});

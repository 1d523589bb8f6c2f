import { createElement } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, serve } from "../testing";
import Event from "./event";

const EVENT = {
  id: "9",
  title: "集中入会",
  place: "工人文化宫",
  organisation_id: "3",
  state: "open",
  open: true,
  starts_at: "2026-07-05T09:00:00+08:00",
  ends_at: "2026-07-05T18:00:00+08:00",
  join_url: "https://example.org/w/e/abc",
  approves_at_once: true,
  kits_total: 0,
  gates: [],
  gifts: [
    { kind: "kit", name: "暖心礼包" },
    { kind: "other", name: "电影票" },
  ],
  unions: [{ id: "4", name: "骑手联合工会" }],
  counts: { joined: 0, approved: 0, kits_given: 0, kits_left: 0 },
  version: 1,
};
const ORGANISATIONS = [{ id: "2", name: "包头市总工会" }];

beforeEach(() => {
  vi.stubGlobal(
    "EventSource",
    class {
      close = () => undefined;
    },
  );
});

test("all applications of an event are approved, whichever union holds it", async () => {
  const sent = serve({
    "GET /session": { permissions: ["membership.approve"], organisations: ORGANISATIONS },
    "GET /events/9": EVENT,
    "POST /members/approve": { approved: 1, refused: [] },
  });
  draw(createElement(Event), "/events/:id", "/events/9");
  await press("按规则批准");
  await soon(() => expect(document.querySelector(".ant-modal-confirm")).not.toBeNull());
  document.querySelector<HTMLElement>(".ant-modal-confirm .ant-btn-primary")?.click();
  await soon(() => expect(sent.find((one) => one.method === "POST")?.body).toEqual({ rule: { event_id: "9" } }));
});

test("a change of an event keeps the gifts that its form does not know", async () => {
  const sent = serve({
    "GET /session": { permissions: ["membership.hold_events"], organisations: ORGANISATIONS, today: "2026-07-05" },
    "GET /events/9": EVENT,
    "PUT /events/9": EVENT,
  });
  draw(createElement(Event), "/events/:id", "/events/9");
  await press("修改");
  await press("保存");
  await soon(() =>
    expect(sent.find((one) => one.method === "PUT")?.body).toMatchObject({ gifts: EVENT.gifts, unions: ["4"] }),
  );
});

test("afterwards an officer finds who joined and never used anything, and who was handed two kits", async () => {
  const sent = serve({ "GET /events/9": EVENT });
  const { place } = draw(createElement(Event), "/events/:id", "/events/9?unused=true&second_kit=true");
  await soon(() => expect(place.textContent).toContain("入会后没用过服务"));
  const asked = () => sent.find((one) => one.path.startsWith("/events/9/joins"))?.path;
  await soon(() => expect(asked()).toContain("unused=true&second_kit=true"));
});

test("whoever stands at the table is sought by name, and the applications are a click away", async () => {
  const sent = serve({
    "GET /session": { permissions: ["membership.view"], organisations: ORGANISATIONS },
    "GET /events/9": EVENT,
  });
  const { place } = draw(createElement(Event), "/events/:id", "/events/9?q=%E5%BC%A0&kit_waiting=true");
  const asked = () => sent.find((one) => one.path.startsWith("/events/9/joins"))?.path;
  await soon(() => expect(asked()).toContain("q=%E5%BC%A0&kit_waiting=true"));
  const link = place.querySelector<HTMLAnchorElement>('a[href="/members?event=9"]');
  expect(link?.textContent).toContain("审批");
});

test.each([
  ["http://127.0.0.1:8080/w/e/abc", true],
  ["http://localhost:8080/w/e/abc", true],
  ["https://union.example.cn/w/e/abc", false],
  ["http://192.168.1.20:8080/w/e/abc", false],
])("a code that no phone in the hall can open says so: %s", async (join_url, says) => {
  serve({ "GET /events/9": { ...EVENT, join_url } });
  const { place } = draw(createElement(Event), "/events/:id", "/events/9");
  await soon(() => expect(place.textContent).toContain(join_url));
  expect(place.textContent?.includes("手机打不开")).toBe(says);
});

test("who joined a union beside one's own is named, and leads nowhere", async () => {
  const row = { joined_at: "2026-07-05T09:30:00+08:00", second_kits: [], state: "normal" };
  const items = [
    { ...row, id: "1", member_id: "7", name: "张*", sees_member: true },
    { ...row, id: "2", member_id: "8", name: "李*", sees_member: false },
  ];
  serve({ "GET /events/9": EVENT, "GET /events/9/joins": { items, total: 2 } });
  const { place } = draw(createElement(Event), "/events/:id", "/events/9");
  await soon(() => expect(place.textContent).toContain("李*"));
  const led = [...place.querySelectorAll("tbody a")].map((one) => one.getAttribute("href"));
  expect(led).toEqual(["/members/7"]);
});

test("a kit waits for new members only, and the poster goes to the printer", async () => {
  const row = { joined_at: "2026-07-05T09:30:00+08:00", second_kits: [], sees_member: false };
  const items = [
    { ...row, id: "1", member_id: "7", name: "张*", state: "normal", approved_at: row.joined_at, gate: "一号台" },
    { ...row, id: "2", member_id: "8", name: "李*", state: "refused" },
    { ...row, id: "3", member_id: "9", name: "王*", state: "normal", approved_at: row.joined_at, already_member: true },
  ];
  serve({ "GET /events/9": EVENT, "GET /events/9/joins": { items, total: 3 } });
  const print = vi.spyOn(window, "print").mockImplementation(() => undefined);
  const { place } = draw(createElement(Event), "/events/:id", "/events/9");
  await soon(() => expect(place.textContent).toContain("王*"));
  const rows = [...place.querySelectorAll("tbody tr")].filter((one) => one.textContent?.includes("*"));
  expect(rows.map((one) => one.lastElementChild?.textContent)).toEqual(["未领（一号台）", "", ""]);
  await press("打印海报");
  expect(print).toHaveBeenCalledOnce();
});

test("an event that was ended by mistake is opened again", async () => {
  const sent = serve({
    "GET /session": { permissions: ["membership.hold_events"], organisations: ORGANISATIONS },
    "GET /events/9": { ...EVENT, state: "closed", open: false },
    "POST /events/9/reopen": EVENT,
  });
  const { place } = draw(createElement(Event), "/events/:id", "/events/9");
  await soon(() => expect(place.textContent).toContain("活动已结束"));
  await press("恢复活动");
  await soon(() => expect(document.querySelector(".ant-modal-confirm")).not.toBeNull());
  document.querySelector<HTMLElement>(".ant-modal-confirm .ant-btn-primary")?.click();
  await soon(() => expect(place.textContent).toContain("现在可以扫码入会"));
  expect(sent.filter((one) => one.method === "POST").map((one) => one.path)).toEqual(["/events/9/reopen"]);
});

test("whoever has no phone is written down at the event's desk, for its union", async () => {
  const sent = serve({
    "GET /session": { permissions: ["membership.apply"], organisations: ORGANISATIONS },
    "GET /events/9": EVENT,
    "GET /worker-groups": [{ code: "courier", label: "快递员", offered: true }],
    "POST /members": { id: "7", state: "applied", outcome: "applied", message: "已登记申请，请审批。" },
  });
  draw(createElement(Event), "/events/:id", "/events/9");
  await press("替没有手机的人登记");
  const field = (label: string) => there(() => document.querySelector<HTMLInputElement>(`#${label}`));
  type(await field("name"), "张三");
  type(await field("document_number"), "150105199001010028");
  (await field("group")).dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  (await there(() => document.querySelector<HTMLElement>(".ant-select-item-option"))).click();
  await press("提交申请");
  await soon(() => expect(document.body.textContent).toContain("已登记申请，请审批。"));
  const body = sent.find((one) => one.method === "POST")?.body;
  expect(body).toMatchObject({ name: "张三", organisation_id: "4", event_id: "9" });
});

test("a kit that was entered for the wrong one is taken back with a reason", async () => {
  const row = { joined_at: "2026-07-05T09:30:00+08:00", approved_at: "2026-07-05T09:30:00+08:00", second_kits: [] };
  const given = { ...row, id: "1", member_id: "7", name: "张*", kit_gate: "一号台", kit_given_at: row.joined_at };
  const items = [given, { ...row, id: "2", member_id: "8", name: "李*" }];
  const sent = serve({
    "GET /session": { permissions: ["membership.hand_over_kits"], organisations: ORGANISATIONS },
    "GET /events/9": EVENT,
    "GET /events/9/joins": { items, total: 2 },
    "POST /events/9/kits/take-back": { gate: "一号台", given_at: row.joined_at },
  });
  const { place } = draw(createElement(Event), "/events/:id", "/events/9");
  await soon(() => expect(place.textContent).toContain("李*"));
  expect([...place.querySelectorAll("tbody button")].map((one) => one.getAttribute("aria-label"))).toEqual([
    "撤销张*的礼包",
  ]);
  place.querySelector<HTMLElement>("tbody button")?.click();
  type(await there(() => document.querySelector<HTMLTextAreaElement>("#reason")), "扫错了");
  await press("撤销礼包发放");
  await soon(() => expect(sent.find((one) => one.method === "POST")?.body).toEqual({ join_id: "1", reason: "扫错了" }));
});

test("an event of long ago is over, and no time is awaited at which one may join", async () => {
  serve({
    "GET /events/9": {
      ...EVENT,
      open: false,
      starts_at: "2026-07-04T09:00:00+08:00",
      ends_at: "2026-07-04T18:00:00+08:00",
    },
  });
  const { place } = draw(createElement(Event), "/events/:id", "/events/9");
  await soon(() => expect(place.textContent).toContain("活动已结束"));
  expect(place.textContent).not.toContain("不在报名时间");
});

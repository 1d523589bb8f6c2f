import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { choose, draw, press, Refused, type Sent, serve } from "../testing";
import StationConsultations from "./station-consultations";

const NOW = { starts_at: "2026-07-05T09:30:00+08:00", ends_at: "2026-07-05T10:00:00+08:00" };
const DESKS = [
  { id: "7", label: "友谊驿站 法律援助", adviser: "李干部", ...NOW },
  { id: "8", label: "友谊驿站 求职就业", adviser: "李干部" },
];
const COMES = {
  id: "5",
  kind_label: "法律援助",
  station: "友谊驿站",
  name: "不记名",
  nameless: true,
  state: "held",
  state_label: "已咨询",
  walked_in: true,
  ...NOW,
};

test("who advises looks ahead at one of his desks, and sees who came without having booked", async () => {
  const back = { ...COMES, id: "6", state: "cancelled", state_label: "已撤回", reason: "站长按错了号码" };
  const sent = serve({ "GET /station-consultations": [COMES, back], "GET /station-consultations/desks": DESKS });
  const { place } = draw(createElement(StationConsultations), "/", "/?days=14&desk=7");
  await soon(() => expect(place.textContent).toContain("已咨询（未预约）"));
  expect(place.textContent).toContain("2026年7月5日");
  expect(place.textContent).toContain("已撤回（未预约）站长按错了号码");
  expect(place.textContent).not.toContain("写记录");
  const asked = sent.find((one) => one.path.startsWith("/station-consultations?"))?.path.split("?")[1];
  expect(Object.fromEntries(new URLSearchParams(asked))).toMatchObject({ days: "14", desk: "7" });
});

test("who comes early is marked, and who may still come has not missed his time", async () => {
  const booked = { ...COMES, state: "booked", state_label: "已预约", walked_in: false, due: true };
  const early = { ...booked, begun: false };
  const begun = { ...booked, id: "6", begun: true };
  serve({ "GET /station-consultations": [early, begun], "GET /station-consultations/desks": DESKS });
  const { place } = draw(createElement(StationConsultations));
  const rows = await there(() => {
    const all = [...place.querySelectorAll(".ant-table-row")];
    return all.length === 2 ? all : undefined;
  });
  const told = rows.map((row) => [...row.querySelectorAll("button")].map((button) => button.textContent));
  expect(told).toEqual([["已到"], ["已到", "未到"]]);
});

test("who was not marked on his day stands there until he is", async () => {
  const behind = { ...COMES, state: "booked", state_label: "已预约", walked_in: false, due: true, begun: true };
  serve({
    "GET /station-consultations": ({ path }: Sent) => (path.includes("unmarked=true") ? [behind] : []),
    "GET /station-consultations/desks": DESKS,
  });
  const { place } = draw(createElement(StationConsultations));
  await press("有1位过了时间还没登记到没到");
  await soon(() => expect(place.querySelectorAll(".ant-table-row")).toHaveLength(1));
  expect(place.textContent).toContain("2026年7月5日 09:30-10:00");
  await press("回到日程");
  await soon(() => expect(place.textContent).toContain("这一天没有人预约您。"));
});

test("who came without having booked is written down at a desk where a time is free now", async () => {
  const sent = serve({
    "GET /station-consultations": [],
    "GET /station-consultations/desks": DESKS,
    "POST /station-consultations/walk-ins": { id: "9", name: "王*", phone: "138****0001", ...NOW },
  });
  draw(createElement(StationConsultations));
  await press("登记未预约的");
  const phone = await there(() => document.querySelectorAll<HTMLInputElement>(".ant-modal input.ant-input")[1]);
  type(phone, "13800000001");
  await press("登记");
  const told = await there(() => sent.find((one) => one.method === "POST"));
  expect(told.body).toMatchObject({ desk_id: "7", phone: "13800000001" });
  await soon(() => expect(document.body.textContent).toContain("已登记：王* 138****0001"));
});

test("of whoever stays nameless the worker group is told, as on the phone", async () => {
  const sent = serve({
    "GET /station-consultations": [],
    "GET /station-consultations/desks": DESKS,
    "GET /worker-groups": [{ code: "courier", label: "快递员", offered: true }],
    "POST /station-consultations/walk-ins": { id: "9", name: null, phone: null, ...NOW },
  });
  draw(createElement(StationConsultations));
  await press("登记未预约的");
  const group = await there(() => document.querySelectorAll('.ant-modal [role="combobox"]')[1]);
  await choose(group, "快递员");
  await press("登记");
  const told = await there(() => sent.find((one) => one.method === "POST"));
  expect(told.body).toMatchObject({ desk_id: "7", group: "courier" });
  await soon(() => expect(document.body.textContent).toContain("已登记：不记名"));
});

test("what can't be asked for is no empty day and no desk without a free time", async () => {
  const down = new Refused(503, "busy", "现在太忙，请稍后再试。");
  serve({ "GET /station-consultations": down, "GET /station-consultations/desks": down });
  const { place } = draw(createElement(StationConsultations));
  await soon(() => expect(place.querySelectorAll('[role="alert"]').length).toBe(2));
  expect(place.textContent).not.toContain("没有人预约您");
  expect(place.textContent).not.toContain("没有空闲时段");
});

test("why a record could not be opened is said also after somebody could not be marked", async () => {
  const booked = { ...COMES, id: "6", state: "booked", state_label: "已预约", due: true, begun: false };
  const held = { ...COMES, nameless: false, recorded_at: NOW.starts_at };
  serve({
    "GET /station-consultations": [booked, held],
    "GET /station-consultations/desks": DESKS,
    "POST /station-consultations/6/mark": new Refused(409, "marked", "已经登记过了。"),
    "POST /station-consultations/5/open": new Refused(403, "forbidden", "记录只有写它的人能看。"),
  });
  const { place } = draw(createElement(StationConsultations));
  await press("已到");
  await soon(() => expect(place.textContent).toContain("已经登记过了。"));
  await press("打开记录");
  await soon(() => expect(place.textContent).toContain("记录只有写它的人能看。"));
});

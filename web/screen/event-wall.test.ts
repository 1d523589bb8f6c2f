import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { draw, Refused, serve } from "../console/testing";
import { soon } from "../testing";
import { EventWall } from "./event-wall";

const EVENT = {
  id: "7",
  title: "集中入会",
  place: "体育馆",
  starts_at: "2026-07-05T09:00:00+08:00",
  ends_at: "2026-07-05T17:00:00+08:00",
  kits_total: 9,
  open: true,
  counts: { joined: 12, approved: 3, kits_given: 0, kits_left: 0 },
};

/** Streams that were opened, the last one at the end. */
const streams: Stream[] = [];
class Stream {
  readyState = 1;
  onmessage?: (event: { data: string }) => void;
  constructor() {
    streams.push(this);
  }
  close = () => {
    this.readyState = 2;
  };
}

test("the wall tells that the network is away though its stream says nothing, and ends for who lost the right to it", async () => {
  vi.stubGlobal("EventSource", Stream);
  let answer: unknown = EVENT;
  serve({ "GET /events/7": () => answer });
  const { client, place } = draw(createElement(EventWall, { id: "7" }));
  await soon(() => expect(streams).toHaveLength(1));
  const recent: object[] = [{ name: "张*", organisation: "东河区总工会", joined_at: EVENT.starts_at }];
  const live = { joined: 13, approved: 3, kits_given: 0, kits_left: 0, by_gate: [], by_organisation: [], recent };
  streams[0]?.onmessage?.({ data: JSON.stringify(live) });
  await soon(() => expect(place.textContent).toContain("实时"));
  // Some of them wait, or were not approved.
  expect(place.textContent).toContain("位职工报名入会");
  expect(place.textContent).toContain("已批准3 人礼包已发0 份礼包还有0 份");
  answer = new Refused(503, "busy", "服务正忙。");
  await client.invalidateQueries();
  await soon(() => expect(place.textContent).toContain("网络中断，正在重连"));
  expect(streams.map((one) => one.readyState)).toEqual([2, 1]);
  answer = new Refused(403, "forbidden", "您没有查看入会活动的权限。");
  await client.invalidateQueries();
  await soon(() => expect(place.textContent).toContain("您没有查看入会活动的权限。"));
  expect(place.textContent).not.toContain("张*");
});

import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon } from "../../testing";
import { draw, serve } from "../testing";
import Event from "./event";

test.each([
  ["http://127.0.0.1:8080/w/e/abc", true],
  ["http://localhost:8080/w/e/abc", true],
  ["https://union.example.cn/w/e/abc", false],
  ["http://192.168.1.20:8080/w/e/abc", false],
])("a code that no phone in the hall can open says so: %s", async (join_url, says) => {
  vi.stubGlobal(
    "EventSource",
    class {
      close = () => undefined;
    },
  );
  const counts = { joined: 0, approved: 0, kits_given: 0, kits_left: 0 };
  const event = {
    id: "7",
    title: "集中入会",
    place: "县文化馆",
    state: "open",
    open: true,
    gates: [],
    unions: [],
    counts,
  };
  const starts = { starts_at: "2026-07-05T09:00:00+08:00", ends_at: "2026-07-05T18:00:00+08:00" };
  serve({ "GET /events/7": { ...event, ...starts, join_url } });
  const { place } = draw(createElement(Event), "/events/:id", "/events/7");
  await soon(() => expect(place.textContent).toContain(join_url));
  expect(place.textContent?.includes("手机扫码打不开")).toBe(says);
});

import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon } from "../../testing";
import { draw, press, serve } from "../testing";
import Event from "./event";

test("all applications of an event are approved, whichever union holds it", async () => {
  vi.stubGlobal(
    "EventSource",
    class {
      close = () => undefined;
    },
  );
  const event = {
    id: "9",
    title: "集中入会",
    place: "工人文化宫",
    organisation_id: "3",
    state: "open",
    open: true,
    starts_at: "2026-07-05T09:00:00+08:00",
    ends_at: "2026-07-05T18:00:00+08:00",
    join_url: "https://example.org/w/e/abc",
    gates: [],
    gifts: [],
    unions: [],
    counts: { joined: 0, approved: 0, kits_given: 0, kits_left: 0 },
  };
  const sent = serve({
    "GET /session": { permissions: ["membership.approve"], organisations: [{ id: "2", name: "包头市总工会" }] },
    "GET /events/9": event,
    "POST /members/approve": { approved: 1, refused: [] },
  });
  draw(createElement(Event), "/events/:id", "/events/9");
  await press("按规则批准");
  await soon(() => expect(document.querySelector(".ant-modal-confirm")).not.toBeNull());
  document.querySelector<HTMLElement>(".ant-modal-confirm .ant-btn-primary")?.click();
  await soon(() => expect(sent.find((one) => one.method === "POST")?.body).toEqual({ rule: { event_id: "9" } }));
});

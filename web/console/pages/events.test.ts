import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, serve } from "../testing";
import Events from "./events";

test("an event that is over does not read as one that has not begun", async () => {
  const event = { title: "入会", open: false, state: "open", counts: {}, starts_at: "2026-07-01T09:00:00+08:00" };
  const items = [
    { ...event, id: "1", state: "closed", ends_at: "2026-07-31T18:00:00+08:00" },
    { ...event, id: "2", ends_at: "2026-07-04T18:00:00+08:00" },
    { ...event, id: "3", starts_at: "2026-07-06T09:00:00+08:00", ends_at: "2026-07-06T18:00:00+08:00" },
    { ...event, id: "4", open: true, ends_at: "2026-07-05T18:00:00+08:00" },
  ];
  serve({ "GET /events": { items, total: 4 } });
  const { place } = draw(createElement(Events));
  const state = (id: string) => place.querySelector(`tr[data-row-key="${id}"] .state`)?.textContent;
  await soon(() => expect(state("1")).toBe("已结束"));
  expect(["2", "3", "4"].map(state)).toEqual(["已结束", "不在报名时间", "进行中"]);
});

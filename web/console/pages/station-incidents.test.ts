import { createElement } from "react";
import { expect, test } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, officer, serve } from "../testing";
import StationIncidents from "./station-incidents";

const FALL = {
  id: "5",
  station_id: "7",
  station: "友谊驿站",
  kind: "injury",
  kind_label: "受伤",
  what: "骑手滑倒",
  did: "包扎",
  happened_at: "2026-07-01T02:00:00Z",
  police: false,
  used: [],
  can_be_corrected: false,
};

test("whoever follows an incident up reads what it said before it was corrected, and when", async () => {
  const corrected = { by: "张*", corrected_at: "2026-07-01T03:00:00Z", ambulance: true, police: false, serious: true };
  const before = { ...corrected, kind_label: "中暑", what: "骑手头晕", did: "补水", used: [], is_helped_changed: true };
  const row = {
    ...FALL,
    ...{ serious: true, ambulance: false, is_helped_known: true, before: [before] },
  };
  serve({
    "GET /session": officer("station.keep"),
    "GET /station-incidents": { items: [row], total: 1 },
    "POST /station-incidents/5/helped": { helped: "李师傅", before: ["张师傅"] },
  });
  const { place } = draw(createElement(StationIncidents));
  await soon(() => expect(place.querySelector("del")).not.toBeNull());
  expect(place.querySelector("del")?.textContent).toBe(
    "中暑：骑手头晕；处理：补水；救护车来过；用了：没有；被救助人已改",
  );
  expect(place.textContent).toMatch(/张\* 2026年7月1日 \d\d:00 更正，原来：/);
  await press("查看");
  type(await there(() => document.querySelector<HTMLTextAreaElement>(".ant-modal textarea")), "回访");
  await press("查看");
  await soon(() => expect(document.body.textContent).toContain("更正前：张师傅"));
});

test("what was closed by mistake is followed up again, what nobody had to follow up is not offered", async () => {
  const row = {
    ...FALL,
    ...{ serious: true, ambulance: true, is_helped_known: false, before: [] },
    ...{ closed_on: "2026-07-02", note: "已回访" },
  };
  const sent = serve({
    "GET /session": officer("station.keep"),
    "GET /station-incidents": { items: [row, { ...row, id: "6", serious: false, note: null }], total: 2 },
    "POST /station-incidents/5/reopen": { ...row, closed_on: null, note: null },
  });
  const { place } = draw(createElement(StationIncidents));
  await soon(() => expect(place.textContent).toContain("恢复跟进"));
  expect(place.textContent?.split("恢复跟进")).toHaveLength(2);
  await press("恢复跟进");
  type(await there(() => document.querySelector<HTMLTextAreaElement>(".ant-modal textarea")), "点错了一行");
  await press("恢复跟进");
  await soon(() => expect(sent.find((one) => one.path.endsWith("/5/reopen"))?.body).toEqual({ reason: "点错了一行" }));
});

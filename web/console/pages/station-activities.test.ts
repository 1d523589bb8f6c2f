import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, serve } from "../testing";
import StationActivities from "./station-activities";

const HOUR = 3_600_000;
/** So many hours after it is asked. */
const at = (hours: number) => new Date(Date.parse("2026-07-05T12:00:00+08:00") + hours * HOUR).toISOString();

const ACTIVITY = {
  id: "5",
  station_id: "3",
  station: "友谊驿站",
  kind_label: "讲座",
  title: "骑手急救课",
  host: "市红十字会",
  starts_at: at(1),
  ends_at: at(2),
  capacity: 5,
  seated: 1,
  waiting: 0,
  attended: 0,
  over: false,
  cancelled: null,
};

test("who can sign up still is told apart from what goes on, where nobody can", async () => {
  const now = { ...ACTIVITY, starts_at: at(-1) };
  const over = { ...ACTIVITY, id: "6", starts_at: at(-2), ends_at: at(-1), over: true };
  const soonToCome = { ...ACTIVITY, id: "7" };
  serve({ "GET /station-activities": { items: [now, over, soonToCome], total: 3 } });
  const { place } = draw(createElement(StationActivities));
  await soon(() => expect(place.querySelectorAll(".ant-table-row")).toHaveLength(3));
  const [first, second, third] = [...place.querySelectorAll(".ant-table-row")].map((row) => row.textContent);
  expect(first).toContain("正在进行");
  expect(second).toContain("已结束");
  expect(third).toContain("报名中");
});

test("what is to come is asked for first, and all only by whoever wants it", async () => {
  const sent = serve({ "GET /station-activities": { items: [ACTIVITY], total: 1 } });
  const asked = () => sent.filter((one) => one.path.startsWith("/station-activities?")).map((one) => one.path);
  const { place } = draw(createElement(StationActivities));
  await soon(() => expect(asked()).toHaveLength(1));
  expect(asked()[0]).toContain("over=false");
  place.remove();
  draw(createElement(StationActivities), "/", "/?over=all");
  await soon(() => expect(asked()).toHaveLength(2));
  expect(asked()[1]).not.toContain("over=");
});

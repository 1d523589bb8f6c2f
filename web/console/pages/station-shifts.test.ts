import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, serve } from "../testing";
import StationShifts from "./station-shifts";

const SHIFT = {
  id: "5",
  station_id: "3",
  station: "友谊驿站",
  day: "2026-07-05",
  hours_text: "14:00-16:00",
  task: "整理图书",
  on_duty: null,
  wanted: 2,
  signed: 1,
  hours: 0,
  due: false,
  off: null,
};

test("a shift that goes on and one that is over are told apart", async () => {
  const now = { ...SHIFT, begun: true, ended: false };
  const over = { ...SHIFT, id: "6", begun: true, ended: true };
  const soonToCome = { ...SHIFT, id: "7", begun: false, ended: false };
  serve({ "GET /station-shifts": { items: [now, over, soonToCome], total: 3 } });
  const { place } = draw(createElement(StationShifts));
  await soon(() => expect(place.querySelectorAll(".ant-table-row")).toHaveLength(3));
  const [first, second, third] = [...place.querySelectorAll(".ant-table-row")].map((row) => row.textContent);
  expect(first).toContain("正在进行");
  expect(second).toContain("已结束");
  expect(third).toContain("报名中");
});

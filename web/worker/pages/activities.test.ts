import { createElement } from "react";
import { expect, test } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import ActivitiesPage from "./activities";

test("who found an activity and signed up is not told that there is none", async () => {
  const activity = { id: "1", title: "急救课", capacity: 9, seated: 0, waiting: 0, seat: false, standing: "未报名" };
  const day = { starts_at: "2099-07-05T09:00:00+08:00", ends_at: "2099-07-05T10:00:00+08:00" };
  const at = { station: "东河驿站", address: "和平路1号" };
  serve((_, request) => {
    if (request.method === "POST") activity.seat = true;
    const shown = { ...activity, ...day, ...at };
    return json(request.method === "POST" ? shown : [shown]);
  });
  const { place } = draw(createElement(ActivitiesPage));
  type(await there(() => place.querySelector("input")), "急救课");
  await press("查找");
  await press("报名");
  await soon(() => expect(place.textContent).toContain("没有找到别的活动，换个词看看。"));
  expect(place.textContent).toContain("我报名的");
});

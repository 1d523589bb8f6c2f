import { createElement } from "react";
import { expect, test } from "vitest";
import type { DutyDay } from "../../client/types";
import { soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import { Entries } from "./entries";
import { Meetings } from "./meetings";

test("whoever came before is not read as the answer to a code that is refused", async () => {
  const activity = { id: "1", title: "讲座", starts_at: "2026-07-05T09:00:00+08:00", host: "区总工会", seated: 1 };
  serve((address, request) => {
    if (!address.endsWith("/attendances")) return json([{ ...activity, capacity: 9, waiting: 0, attended: 0 }]);
    const { code } = JSON.parse(String(request.body));
    if (code === "old") return json({ code: "station_code_not_valid", detail: "二维码已过期。" }, 422);
    return json({ name: "张*", counted_before: false, signed_up: true });
  });
  const { place } = draw(createElement(Meetings, { station: "7" }));
  const attend = async (code: string) => {
    type(await there(() => place.querySelector("input")), code);
    place.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  };
  await attend("good");
  await soon(() => expect(place.textContent).toContain("张*签到成功"));
  await attend("old");
  await soon(() => expect(place.textContent).toContain("二维码已过期。"));
  expect(place.textContent).not.toContain("张*");
});

test("that the day's list shows only the last entries is told", async () => {
  const entry = { happened_at: "2026-07-05T09:00:00+08:00", label: "到站", quantity: 1, taken_back: null };
  const day = (many: number) =>
    ({
      station: { id: "7" },
      entries: Array.from({ length: many }, (_, at) => ({ ...entry, id: `${at}` })),
    }) as unknown as DutyDay;
  const few = draw(createElement(Entries, { day: day(29) }));
  await soon(() => expect(few.place.querySelectorAll("li")).toHaveLength(29));
  expect(few.place.textContent).not.toContain("最近的 30 条");
  const many = draw(createElement(Entries, { day: day(30) }));
  await soon(() => expect(many.place.textContent).toContain("最近的 30 条"));
});

import { createElement } from "react";
import { expect, test } from "vitest";
import type { DutyDay } from "../../client/types";
import { soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import { Entries } from "./entries";
import { Meetings } from "./meetings";
import { Refused } from "./refused";
import { useQueue } from "./use-queue";

test("who comes to an activity waits without a network, arrives once and is named; a bad code is told", async () => {
  const activity = { id: "1", title: "讲座", starts_at: "2026-07-05T09:00:00+08:00", host: "区总工会", seated: 1 };
  const sent: string[] = [];
  let up = false;
  serve((address, request) => {
    if (!address.endsWith("/attendances")) return json([{ ...activity, capacity: 9, waiting: 0, attended: 0 }]);
    if (!up) throw new TypeError("no network");
    const { activity_id, code } = JSON.parse(String(request.body));
    sent.push(`${activity_id} ${code}`);
    if (code === "old") return json({ code: "station_code_not_valid", detail: "二维码已过期。" }, 422);
    return json({ name: "张*", counted_before: false, signed_up: true });
  });
  function Page() {
    const queue = useQueue("7", "11");
    return createElement(
      "div",
      {},
      createElement("p", { role: "status" }, queue.kept.length > 0 ? "记在本机" : queue.said),
      createElement(Refused, { all: queue.unsettled, settle: queue.settle }),
      createElement(Meetings, { station: "7", keep: queue.write }),
    );
  }
  const { place } = draw(createElement(Page));
  const status = () => place.querySelector('p[role="status"]')?.textContent;
  const attend = async (code: string) => {
    type(await there(() => place.querySelector("input")), code);
    place.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  };
  await attend("good");
  await soon(() => expect(status()).toBe("记在本机"));
  up = true;
  window.dispatchEvent(new Event("online"));
  await soon(() => expect(status()).toBe("张*已登记。"));
  await attend("old");
  await soon(() => expect(place.textContent).toContain("讲座（签到）：二维码已过期。"));
  expect(sent).toEqual(["1 good", "1 old"]);
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
  expect(few.place.querySelector("li button")?.getAttribute("aria-label")).toBe("撤回09:00的到站");
  expect(few.place.textContent).not.toContain("最近的 30 条");
  const many = draw(createElement(Entries, { day: day(30) }));
  await soon(() => expect(many.place.textContent).toContain("最近的 30 条"));
});

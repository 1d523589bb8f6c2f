import { createElement } from "react";
import { expect, test, vi } from "vitest";
import type { StationRosterRow } from "../../client/types";
import { show, soon, there } from "../../testing";
import { json, serve } from "../testing";
import { RosterShift } from "./roster-shift";

test("all hours that can be credited by now are offered: more of them while the page is open, and again after one took them back", async () => {
  const shift = (most: number | null) => {
    const volunteers = [{ id: "3", name: "张*", standing: "已报名", most, hours: null, offered: false }];
    const of = { id: "1", task: "热饭引导", day: "2026-07-05", hours_text: "09:00-12:00", begun: true, volunteers };
    const props = { of: of as unknown as StationRosterRow, station: "7", change: vi.fn(), again: vi.fn() };
    return createElement(RosterShift, props);
  };
  const { place, again } = show(shift(null));
  again(shift(1));
  expect(place.querySelector("select")?.value).toBe("1");
  again(shift(3));
  expect(place.querySelector("select")?.value).toBe("3");
});

test("why hours could not be taken back is said also after they could not be confirmed", async () => {
  const refusals: Record<string, string> = {
    "shift-hours": "别人已经确认过了。",
    "shift-hours-back": "这个季度已经报送。",
  };
  serve((address) => json({ code: "refused", detail: refusals[address.split("/").slice(-1)[0] ?? ""] }, 409));
  const shift = (hours: number | null) => {
    const volunteers = [{ id: "3", name: "张*", standing: "", most: hours === null ? 3 : null, hours, offered: false }];
    const of = { id: "1", task: "热饭引导", day: "2026-07-05", hours_text: "", begun: true, volunteers };
    const again = async () => undefined;
    return createElement(RosterShift, { of: of as unknown as StationRosterRow, station: "7", change: vi.fn(), again });
  };
  const { place, again } = show(shift(null));
  const press = async (words: string) =>
    (await there(() => [...place.querySelectorAll("button")].find((one) => one.textContent === words))).click();
  await press("确认时长");
  await soon(() => expect(place.textContent).toContain("别人已经确认过了。"));
  again(shift(3));
  await press("撤回确认");
  await press("撤回");
  await soon(() => expect(place.textContent).toContain("这个季度已经报送。"));
});

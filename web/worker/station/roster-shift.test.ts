import { createElement } from "react";
import { expect, test, vi } from "vitest";
import type { StationRosterRow } from "../../client/types";
import { show } from "../../testing";
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

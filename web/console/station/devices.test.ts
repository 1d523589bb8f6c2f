import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, serve } from "../testing";
import { DeviceList } from "./devices";

const LOCK = { id: "1", kind: "lock", kind_label: "门锁", label: "正门门锁", words: "门关着", alarms: [], battery: 64 };

test("a battery that runs low is marked in the list of devices", async () => {
  const low = { ...LOCK, id: "2", label: "后门门锁", battery: 14, battery_low: true };
  serve({ "GET /station-devices": { items: [LOCK, low], total: 2 } });
  const { place } = draw(createElement(DeviceList, { station: "7", keeps: false }));
  await soon(() => expect(place.textContent).toContain("64%"));
  const marked = [...place.querySelectorAll(".state")].map((word) => word.textContent);
  expect(marked).toContain("14%，电量低");
  expect(marked).not.toContain("64%，电量低");
});

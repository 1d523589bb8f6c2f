// @vitest-environment jsdom
import { createElement } from "react";
import { expect, test } from "vitest";
import { asBrowser, soon, type } from "../../testing";
import { draw, press, serve } from "../testing";
import Station from "./station";

asBrowser();

const STATION = {
  id: "8",
  code: "BT-001",
  name: "友谊驿站",
  organisation: "东河区总工会",
  kind_label: "自建",
  access: "everyone",
  address: "和平路1号",
  state: "closed",
  hours: {},
  hours_text: "",
  now: { open: false, text: "已撤销（场地到期）" },
  stock: [],
  posts: [],
  ahead: { bookings: 0, activities: 0, shifts: 0, gifts: 0 },
};

test("a station that was closed by mistake is prepared anew, for a reason", async () => {
  const session = { permissions: ["station.keep"], organisations: [{ id: "2", name: "包头市总工会" }] };
  const sent = serve({
    "GET /session": session,
    "GET /stations/8": STATION,
    "GET /stations/8/": { items: [], total: 0 },
    "GET /station-catalogue": [],
  });
  const { gone } = draw(createElement(Station), "/stations/:id", "/stations/8");
  await press("恢复到筹建");
  const reason = await soon(() => {
    const found = document.querySelector<HTMLTextAreaElement>("textarea");
    if (!found) throw new Error("not asked yet");
    return found;
  });
  type(reason, "点错了驿站");
  await press("恢复");
  const told = await soon(() => {
    const found = sent.find((one) => one.method === "POST");
    if (!found) throw new Error("not sent yet");
    return found;
  });
  expect([told.path, told.body]).toEqual(["/stations/8/reopen", { reason: "点错了驿站" }]);
  gone();
});

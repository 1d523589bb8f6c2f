import { createElement } from "react";
import { expect, test, vi } from "vitest";
import type { StationIncident, StationRound } from "../../client/types";
import { press, soon, type } from "../../testing";
import { draw, json, serve } from "../testing";
import { Incidents } from "./incidents";
import { keep, own, send, waiting } from "./queue";
import { Round } from "./round";

const BEFORE = { by: "张*", corrected_at: "2026-07-01T03:00:00Z" };
const INCIDENT = {
  ...{
    id: "5",
    sent_as: "incident-0001",
    kind: "injury",
    kind_label: "受伤",
    what: "骑手滑倒",
    did: "包扎",
    serious: true,
  },
  ...{ ambulance: true, police: false, happened_at: "2026-07-01T02:00:00Z", can_be_corrected: true },
  used: [{ good_id: "9", name: "冰袋", unit: "个", quantity: 2, taken: 2, words: "冰袋 2个" }],
  before: [{ ...BEFORE, kind_label: "中暑", what: "骑手头晕", did: "补水", used: ["毛巾 1个"], police: true }],
} as unknown as StationIncident;
const waits = () => waiting("7").map((one) => [one.to, one.label, one.body]);

test("an incident is corrected from what it says, and what it said before stands struck out", async () => {
  serve((address) => json(address.endsWith("/incidents") ? [INCIDENT] : []));
  const { place } = draw(
    createElement(Incidents, { station: "7", keep: (to, label, body) => keep("7", "3", to, label, body) }),
  );
  await soon(() => expect(place.querySelector("del")).not.toBeNull());
  expect(place.querySelector("del")?.textContent).toBe("中暑：骑手头晕；处理：补水；警察来过；用了：毛巾 1个");
  expect(place.textContent).toMatch(/张\* 2026年7月1日 \d\d:00 更正，原来：/);
  await press("更正");
  const form = place.querySelector<HTMLFormElement>("form[aria-label=更正事件]");
  expect(form?.parentElement).toBe(document.activeElement);
  const what = [...(form?.querySelectorAll("input") ?? [])].find((one) => one.value === "骑手滑倒");
  type(what as HTMLInputElement, "环卫工滑倒");
  await press("保存更正");
  const told = { kind: "injury", what: "环卫工滑倒", did: "包扎", helped: null, ambulance: true, police: false };
  const used = [{ good_id: "9", quantity: 2 }];
  const body = { ...told, serious: true, used, corrects: "incident-0001" };
  expect(waits()).toEqual([["incident-corrections", "更正受伤", expect.objectContaining(body)]]);
  await soon(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("更正受伤：骑手滑倒"));
});

test("what waits on the phone is corrected there, too, and begins with what it was corrected to last", async () => {
  const told = { kind: "injury" as const, what: "骑手滑倒", did: "包扎" };
  keep("7", "3", "incidents", "受伤", told);
  const name = own("7", "3")[0]?.body.sent_as ?? "";
  keep("7", "3", "incident-corrections", "更正受伤", { ...told, what: "环卫工滑倒", corrects: name });
  serve(() => Promise.reject(new TypeError("no network")));
  const { place } = draw(createElement(Incidents, { station: "7", kept: own("7", "3"), keep: () => undefined }));
  expect(place.textContent).toContain("更正记在本机，联网后自动上报：环卫工滑倒");
  await press("更正");
  const values = [...place.querySelectorAll<HTMLInputElement>("form[aria-label=更正事件] input")].map(
    (one) => one.value,
  );
  expect(values).toContain("环卫工滑倒");
  await press("不改了");
  await soon(() => expect(place.querySelector("form[aria-label=更正事件]")).toBeNull());
});

const POINTS = [
  { code: "clean", label: "室内整洁", ok: false, note: "桌腿松了" },
  { code: "fire", label: "灭火器", ok: true, note: null },
];
const CHOICES = { station: { id: "7", name: "友谊驿站" }, service_choices: [], groups: [], checks: [], rounds: [] };

test("a look round is corrected from what it says, also yesterday's, and no other's", async () => {
  const round = (id: string, kind_label: string, can_be_corrected: boolean) =>
    ({
      ...{ id, sent_as: `round-000${id}`, kind: "closing", kind_label, can_be_corrected, day: "2026-07-01", wrong: 1 },
      ...{ happened_at: "2026-07-01T12:00:00Z", points: POINTS, photos: [] },
      before: id === "1" ? [{ ...BEFORE, points: [{ ...POINTS[1], ok: false }], photos: [], wrong: 1 }] : [],
    }) as unknown as StationRound;
  const kept = vi.fn();
  const { place } = draw(
    createElement(Round, {
      ...{ day: CHOICES, waiting: [], keep: kept },
      ...{ made: [round("2", "开站检查", false)], earlier: [round("1", "闭站检查", true)] },
    }),
  );
  expect(place.querySelector("del")?.textContent).toBe("灭火器");
  // Told as made by a day that is over meanwhile, it is not today's.
  expect(place.textContent).toContain("2026年7月1日 12:00 开站检查");
  expect([...place.querySelectorAll("button")].filter((one) => one.textContent === "更正")).toHaveLength(1);
  expect(place.querySelector("[aria-label^=更正2026年7月1日]")).not.toBeNull();
  await press("更正");
  place.querySelector<HTMLInputElement>("input[aria-label=室内整洁：正常]")?.click();
  await press("更正为：全部正常");
  const points = [{ ...POINTS[0], ok: true, note: null }, POINTS[1]];
  expect(kept.mock.calls).toEqual([
    ["round-corrections", "更正闭站检查", { corrects: "round-0001", points, photos: [] }],
  ]);
});

test("a correction is not sent before what it corrects, and both arrive once", async () => {
  const told = { kind: "injury" as const, what: "骑手滑倒", did: "包扎" };
  keep("7", "3", "incidents", "受伤", told);
  keep("7", "3", "incident-corrections", "更正受伤", { ...told, corrects: own("7", "3")[0]?.body.sent_as ?? "" });
  const sent: string[] = [];
  let status = 500;
  vi.stubGlobal("fetch", async (address: string) => {
    sent.push(address.replace(/.*\/7\//, ""));
    return json({ status, code: "fault", detail: "出错了。" }, status);
  });
  await send("7", "3");
  expect([sent.splice(0), waiting("7").length]).toEqual([["incidents"], 2]);
  status = 200;
  await send("7", "3");
  await send("7", "3");
  expect([sent, waiting("7")]).toEqual([["incidents", "incident-corrections"], []]);
});

import { createElement, useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { soon, there, type } from "../../testing";
import Inspection from "../pages/station-inspection";
import { draw, press, Refused, serve } from "../testing";
import { forget } from "./draft";

const MARK = {
  code: "a1",
  strength_label: "组织强",
  label: "有站长",
  guide: "",
  weight: 5,
  critical: false,
  photos: [],
};
const OTHER = { ...MARK, code: "a2", label: "有经费" };
const SHEET = {
  id: "7",
  station_id: "8",
  station: "友谊驿站",
  station_code: "BT-001",
  kind_label: "定期检查",
  planned_on: "2026-07-05",
  mend_by: "2026-07-20",
  organisation_id: "2",
  team: "市总工会",
  state: "planned",
  marks: [MARK, OTHER],
  found: [],
};
const SESSION = {
  account: "5",
  permissions: ["station.inspect"],
  organisations: [{ id: "2", name: "包头市总工会" }],
  today: "2026-07-05",
};
const KEPT = "niangjia/inspection/5/7";
const draft = (score: number) => ({ marks: [{ code: "a1", score, photos: [], apart: false }], found: [] });
/** What another inspector saved first. */
const THEIRS = { draft: draft(3), drafted_by: "王干部", drafted_at: "2026-07-05T09:30:00+08:00" };
/** What waits on the device since 09:42 in Beijing. */
const MINE = {
  seen: null,
  at: Date.UTC(2026, 6, 5, 1, 42),
  draft: {
    marks: [
      { code: "a1", score: 5, note: "无人在岗", photos: [{ attachment_id: "31", caption: "门口" }], apart: false },
    ],
    found: [{ code: "a1", wrong: "无人值守", mend_by: "2026-07-20" }],
  },
};
const OVERTAKEN = new Refused(409, "inspection_overtaken", "王干部在2026年7月5日 09:30保存了这次检查的登记。");

// What is not sent yet is sent every few seconds, for which no test waits.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
const later = <T>(check: () => T) =>
  soon(() => {
    vi.advanceTimersByTime(5_000);
    return check();
  });

const open = () => draw(createElement(Inspection), "/station-inspections/:id", "/station-inspections/7").place;
const score = (place: HTMLElement) =>
  there(() => place.querySelector<HTMLInputElement>('input[aria-label="有站长的得分"]'));

test("what is marked without a network is there when the page is opened again, and is kept by the server after", async () => {
  let answer: unknown = new Refused(503, "busy", "服务正忙。");
  const sent = serve({
    "GET /session": SESSION,
    "GET /station-inspections/7": SHEET,
    "POST /station-inspections/7/draft": () => answer,
  });
  const first = open();
  type(await score(first), "4");
  (await there(() => first.querySelectorAll<HTMLInputElement>(".mark input[type=checkbox]")[1])).click();
  await later(() => expect(first.textContent).toContain("已记在本机"));
  const again = open();
  expect((await score(again)).value).toBe("4");
  expect(again.querySelectorAll<HTMLInputElement>(".mark input[type=checkbox]")[1]?.checked).toBe(true);
  answer = { drafted_at: "2026-07-05T10:00:00+08:00" };
  await later(() => expect(localStorage.getItem(KEPT)).toBeNull());
  expect(sent.filter((one) => one.method === "POST").slice(-1)[0]?.body).toEqual({
    done_on: "2026-07-05",
    marks: [
      { code: "a1", score: 4, note: null, photos: [], apart: false },
      { code: "a2", score: null, note: null, photos: [], apart: true },
    ],
    found: [],
    seen: null,
  });
});

test("what was marked here is neither lost nor laid over what another inspector saved first, until its writer decides", async () => {
  localStorage.setItem(KEPT, JSON.stringify(MINE));
  const sent = serve({
    "GET /session": SESSION,
    "GET /station-inspections/7": { ...SHEET, ...THEIRS },
    "POST /station-inspections/7/draft": { drafted_at: "2026-07-05T10:00:00+08:00" },
  });
  const first = open();
  await soon(() => expect(first.textContent).toContain("王干部 2026年7月5日 09:30先保存了一份"));
  expect(first.textContent).toContain("您 2026年7月5日 09:42");
  const told = [...first.querySelectorAll("tbody tr")].map((row) => [...row.children].map((one) => one.textContent));
  expect(told).toEqual([
    ["有站长", "3 分", "5 分，无人在岗，照片1张"],
    ["需要整改的问题", "—", "无人值守"],
  ]);
  await press("用这台设备上的登记");
  expect((await score(first)).value).toBe("5");
  await later(() => expect(localStorage.getItem(KEPT)).toBeNull());
  expect(sent.filter((one) => one.method === "POST").slice(-1)[0]?.body).toEqual({
    ...MINE.draft,
    seen: THEIRS.drafted_at,
  });

  localStorage.setItem(KEPT, JSON.stringify(MINE));
  const again = open();
  await soon(() => expect(again.textContent).toContain("先与王干部商量"));
  await press("用已保存的登记");
  expect([(await score(again)).value, localStorage.getItem(KEPT)]).toEqual(["3", null]);
});

test("whose own marks arrived unheard, or from another device, is not told to ask himself", async () => {
  localStorage.setItem(KEPT, JSON.stringify(MINE));
  serve({ "GET /session": { ...SESSION, name: "王干部" }, "GET /station-inspections/7": { ...SHEET, ...THEIRS } });
  const place = open();
  await soon(() => expect(place.textContent).toContain("王干部（您本人） 2026年7月5日 09:30先保存了一份"));
  expect(place.textContent).not.toContain("商量");
});

test.each(["draft", "finish"])("whoever is overtaken while he marks decides, too (%s)", async (refused) => {
  let theirs = {};
  serve({
    "GET /session": SESSION,
    "GET /station-inspections/7": () => ({ ...SHEET, marks: [MARK], ...theirs }),
    "POST /station-inspections/7/draft": () =>
      refused === "draft" ? OVERTAKEN : new Refused(503, "busy", "服务正忙。"),
    "POST /station-inspections/7/finish": OVERTAKEN,
  });
  const place = open();
  type(await score(place), "4");
  theirs = THEIRS;
  if (refused === "finish") await press("提交检查结果");
  await later(() => expect(place.textContent).toContain("这次检查有两份登记"));
  await press("用这台设备上的登记");
  expect((await score(place)).value).toBe("4");
});

test("what one marked without a network another account on the same device neither sees nor sends, nor takes away", async () => {
  localStorage.setItem("niangjia/inspection/6/7", JSON.stringify(MINE));
  const sent = serve({
    "GET /session": SESSION,
    "GET /station-inspections/7": SHEET,
    "POST /station-inspections/7/draft": { drafted_at: "2026-07-05T10:00:00+08:00" },
  });
  const place = open();
  const field = await score(place);
  expect(field.value).toBe("");
  type(field, "1");
  await later(() => expect(place.textContent).toContain("已保存"));
  const told = sent.filter((one) => one.method === "POST").map((one) => one.body as typeof MINE.draft);
  expect(told.map((one) => one.marks[0]?.score)).toEqual([1]);
  localStorage.setItem(KEPT, JSON.stringify(MINE));
  forget("5");
  expect(Object.keys(localStorage).filter((key) => key.startsWith("niangjia/inspection"))).toEqual([
    "niangjia/inspection/6/7",
  ]);
});

test("who goes to another page and comes back goes on with what was kept meanwhile", async () => {
  let kept = {};
  serve({
    "GET /session": SESSION,
    "GET /station-inspections/7": () => ({ ...SHEET, ...kept }),
    "POST /station-inspections/7/draft": ({ body }: { body: object }) => {
      kept = { draft: body, drafted_by: "李干部", drafted_at: "2026-07-05T10:00:00+08:00" };
      return kept;
    },
  });
  function Pages() {
    const [away, go] = useState(false);
    const button = createElement("button", { type: "button", onClick: () => go(!away) }, away ? "回来" : "走开");
    return createElement("div", null, button, !away && createElement(Inspection));
  }
  const { place } = draw(createElement(Pages), "/station-inspections/:id", "/station-inspections/7");
  type(await score(place), "4");
  await later(() => expect(place.textContent).toContain("已保存"));
  await press("走开");
  await press("回来");
  expect((await score(place)).value).toBe("4");
});

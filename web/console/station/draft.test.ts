import { createElement, useState } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import Inspection from "../pages/station-inspection";
import { draw, press, Refused, serve } from "../testing";

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
  permissions: ["station.inspect"],
  organisations: [{ id: "2", name: "包头市总工会" }],
  today: "2026-07-05",
};
const KEPT = "niangjia/inspection/7";

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
  await soon(() => expect(first.textContent).toContain("已记在本机"));
  const again = open();
  expect((await score(again)).value).toBe("4");
  expect(again.querySelectorAll<HTMLInputElement>(".mark input[type=checkbox]")[1]?.checked).toBe(true);
  answer = { drafted_at: "2026-07-05T10:00:00+08:00" };
  await soon(() => expect(localStorage.getItem(KEPT)).toBeNull());
  expect(sent.findLast((one) => one.method === "POST")?.body).toEqual({
    done_on: "2026-07-05",
    marks: [
      { code: "a1", score: 4, note: null, photos: [], apart: false },
      { code: "a2", score: null, note: null, photos: [], apart: true },
    ],
    found: [],
    seen: null,
  });
});

test("what another inspector kept is gone on with, before what waits here on top of something older", async () => {
  const draft = { marks: [{ code: "a1", score: 3, photos: [], apart: false }], found: [] };
  localStorage.setItem(KEPT, JSON.stringify({ seen: null, draft: { ...draft, marks: [] } }));
  const kept = { draft, drafted_by: "王干部", drafted_at: "2026-07-05T09:30:00+08:00" };
  const overtaken = new Refused(409, "inspection_overtaken", "赵干部刚保存了这次检查的登记。");
  const sent = serve({
    "GET /session": SESSION,
    "GET /station-inspections/7": { ...SHEET, ...kept },
    "POST /station-inspections/7/draft": overtaken,
  });
  const place = open();
  const field = await score(place);
  expect([field.value, place.textContent]).toEqual(["3", expect.stringContaining("王干部 2026年7月5日 09:30")]);
  type(field, "5");
  await soon(() => expect(place.textContent).toContain("赵干部刚保存"));
  type(field, "4");
  expect(place.textContent).toContain("没有保存");
  expect(sent.filter((one) => one.method === "POST").map((one) => (one.body as { seen: string }).seen)).toEqual([
    kept.drafted_at,
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
  await soon(() => expect(place.textContent).toContain("已保存"));
  await press("走开");
  await press("回来");
  expect((await score(place)).value).toBe("4");
});

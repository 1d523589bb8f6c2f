import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, type } from "../../testing";
import { draw, officer, Refused, serve } from "../testing";
import Inspection from "./station-inspection";

const MARK = {
  code: "a1",
  strength_label: "组织领导强",
  label: "有站长",
  guide: "",
  weight: 5,
  critical: false,
  photos: [],
};
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
  marks: [MARK],
  found: [],
};

test("an inspection shows what it found itself, and not what others found at the station", async () => {
  const finding = {
    id: "5",
    inspection_id: "7",
    station_id: "8",
    wrong: "有油污",
    state: "open",
    days_late: 0,
    proof: [],
  };
  const sent = serve({
    "GET /station-inspections/7": { ...SHEET, state: "done", score: 80, star: 3, marks: [], found: [finding] },
    "GET /station-findings": { items: [finding], total: 1 },
  });
  const { place } = draw(createElement(Inspection), "/station-inspections/:id", "/station-inspections/7");
  await soon(() => expect(place.textContent).toContain("有油污"));
  expect(sent.find((one) => one.path.startsWith("/station-findings"))?.path).toContain("inspection=7");
});

test("a form that is half filled in stays where a new look brings no answer, and goes where the inspection is gone", async () => {
  const session = officer("station.inspect");
  let answer: unknown = SHEET;
  serve({ "GET /session": session, "GET /station-inspections/7": () => answer });
  const { client, place } = draw(createElement(Inspection), "/station-inspections/:id", "/station-inspections/7");
  const score = () => place.querySelector<HTMLInputElement>('input[aria-label="有站长的得分"]');
  await soon(() => expect(score()).not.toBeNull());
  type(score() as HTMLInputElement, "4");
  const look = (found: unknown) => {
    answer = found;
    return client.invalidateQueries({ queryKey: ["/station-inspections"] });
  };
  await look(new Refused(503, "busy", "服务正忙。"));
  await new Promise((done) => setTimeout(done, 50));
  expect(score()?.value).toBe("4");
  await look(new Refused(404, "not_found", "没有找到。"));
  await soon(() => expect(place.textContent).toContain("没有找到"));
});

test("whoever only looks sees of an inspection that is planned what will be marked, and not that it doesn't apply", async () => {
  serve({ "GET /station-inspections/7": SHEET });
  const { place } = draw(createElement(Inspection), "/station-inspections/:id", "/station-inspections/7");
  await soon(() => expect(place.textContent).toContain("满分 5"));
  expect(place.textContent).not.toContain("不适用");
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, serve } from "../testing";
import Rules from "./rules";

const rule = {
  programme: "基础",
  unit: "小时",
  default: 24,
  default_source: "系统默认值",
  value: 24,
  source: "系统默认值",
  packs: [],
};
const rules = [
  { ...rule, code: "kernel.answers_kept_hours", label: "应答的保存时间", is_house_wide: true },
  { ...rule, code: "station.late_hours", label: "最迟补传时间", is_house_wide: false },
];
const session = {
  name: "李干部",
  permissions: ["rulebook.manage"],
  organisations: [{ id: "2", name: "包头市总工会" }],
  today: "2026-07-05",
};
const detail = { id: "2", name: "包头市总工会", division: "150200" };

test.each([
  ["below the top a rule of the whole house is not set", [{ id: "1" }, { id: "2" }], true],
  ["at the top it is", [{ id: "2" }], false],
])("%s", async (_, path, held) => {
  serve({ "GET /session": session, "GET /rule-packs": rules, "GET /organisations/2": { ...detail, path } });
  const { place } = draw(createElement(Rules));
  const button = (label: string) => place.querySelector<HTMLButtonElement>(`button[aria-label="设定${label}"]`);
  await soon(() => expect(button("最迟补传时间")?.disabled).toBe(false));
  expect(button("应答的保存时间")?.disabled).toBe(held);
  const row = (code: string) => place.querySelector(`tr[data-row-key="${code}"]`)?.textContent;
  expect(row("kernel.answers_kept_hours")).toContain("全系统统一");
  expect(row("station.late_hours")).not.toContain("全系统统一");
});

test("who makes a term of keeping shorter reads before that what is over then does not come back", async () => {
  const kept = { ...rule, code: "people.kept_days", label: "职工档案的保存期限", unit: "天", is_house_wide: false };
  serve({
    "GET /session": session,
    "GET /rule-packs": [...rules, kept],
    "GET /organisations/2": { ...detail, path: [] },
  });
  const { place } = draw(createElement(Rules));
  const set = (label: string) =>
    place.querySelector<HTMLButtonElement>(`button[aria-label="设定${label}"]:not(:disabled)`);
  const told = () => document.querySelector(".ant-modal-body")?.textContent ?? "";
  (await there(() => set("最迟补传时间"))).click();
  await soon(() => expect(told()).toContain("数值"));
  expect(told()).not.toContain("不能恢复");
  (await there(() => set("职工档案的保存期限"))).click();
  await soon(() => expect(told()).toContain("不能恢复"));
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import StationInspections from "./station-inspections";

const row = (id: string, station: string, state: string) => ({
  id,
  station,
  station_id: id,
  station_code: id,
  state,
  findings: 0,
});

test("planned inspections are chosen and cancelled together, also by whoever left the page where they were planned", async () => {
  const sent = serve({
    "GET /session": { ...officer("station.inspect"), today: "2026-07-08" },
    "GET /station-inspections": {
      items: [row("81", "友谊驿站", "planned"), row("91", "和平驿站", "planned"), row("71", "民主驿站", "done")],
      total: 3,
    },
    "POST /station-inspections/cancel": { cancelled: 1, refused: [{ id: "91", reason: "这次检查已完成。" }] },
  });
  const { place } = draw(createElement(StationInspections), "/station-inspections", "/station-inspections");
  const box = (station: string) =>
    there(() => place.querySelector<HTMLInputElement>(`input[aria-label="选择${station}"]`));
  expect((await box("民主驿站")).disabled).toBe(true);
  for (const station of ["友谊驿站", "和平驿站"]) (await box(station)).click();
  await press("取消选中的2次检查");
  type(await there(() => document.querySelector<HTMLTextAreaElement>(".ant-modal textarea")), "选错了");
  await press("取消选中的2次检查");
  await soon(() => expect(document.body.textContent).toContain("和平驿站：这次检查已完成"));
  expect(sent.filter((one) => one.method === "POST").slice(-1)[0]?.body).toEqual({
    inspections: ["81", "91"],
    reason: "选错了",
  });
  await soon(() => expect(place.textContent).not.toContain("取消选中"));
});

test("the inspections of some days are listed and taken away by these days", async () => {
  const sent = serve({
    "GET /session": { ...officer("station.export"), today: "2026-07-08" },
    "POST /station-inspections/exports": { id: "9", state: "waiting" },
  });
  const days = "from=2026-04-01&to=2026-06-30";
  draw(createElement(StationInspections), "/station-inspections", `/station-inspections?${days}`);
  await there(() => sent.find((one) => one.path.startsWith("/station-inspections?") && one.path.includes(days)));
  await press("导出表格");
  await press("导出");
  const told = await there(() => sent.find((one) => one.method === "POST"));
  expect(told.body).toMatchObject({ filter: { from: "2026-04-01", to: "2026-06-30" } });
});

test("those whose day went by are asked for by themselves", async () => {
  const sent = serve({});
  draw(createElement(StationInspections), "/station-inspections", "/station-inspections?state=late");
  const asked = await there(() => sent.find((one) => one.path.startsWith("/station-inspections?")));
  const filter = new URLSearchParams(asked.path.split("?")[1]);
  expect([filter.get("late"), filter.get("state")]).toEqual(["true", null]);
});

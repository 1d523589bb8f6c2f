import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, serve } from "../testing";
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
    "GET /session": {
      permissions: ["station.inspect"],
      organisations: [{ id: "2", name: "包头市总工会" }],
      today: "2026-07-08",
    },
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
  expect(sent.findLast((one) => one.method === "POST")?.body).toEqual({ inspections: ["81", "91"], reason: "选错了" });
  await soon(() => expect(place.textContent).not.toContain("取消选中"));
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, type } from "../../testing";
import { draw, press, serve } from "../testing";
import StationFaults from "./station-faults";

const FAULT = {
  id: "5",
  station_id: "8",
  station: "友谊驿站",
  organisation: "东河区总工会",
  item_label: "微波炉",
  said: ["不加热"],
  reporters: 2,
  reported_at: "2026-07-01T01:00:00Z",
  state: "open",
  state_label: "待站长核实",
};
const session = (...permissions: string[]) => ({ permissions, organisations: [{ id: "2", name: "包头市总工会" }] });

test("an officer answers what was reported at any station, and only with a note", async () => {
  const sent = serve({
    "GET /session": session("station.view", "station.keep"),
    "GET /station-faults": { items: [FAULT], total: 1 },
    "POST /station-faults/5/answer": FAULT,
  });
  const { place } = draw(createElement(StationFaults), "/", "/?standing=unanswered&subject=equipment&q=友谊");
  await soon(() => expect(place.textContent).toContain("友谊驿站"));
  const asked = new URLSearchParams(sent.find((one) => one.path.startsWith("/station-faults"))?.path.split("?")[1]);
  expect(Object.fromEntries(asked)).toMatchObject({
    standing: "unanswered",
    subject: "equipment",
    q: "友谊",
    organisation: "2",
  });
  await press("答复");
  await soon(() => expect(document.querySelector(".ant-modal")?.textContent).toContain("友谊驿站：微波炉"));
  const confirm = () => document.querySelector<HTMLButtonElement>(".ant-modal-footer .ant-btn-primary")?.click();
  confirm();
  await soon(() => expect(document.querySelector(".ant-modal")?.textContent).toContain("请写明核实的情况"));
  expect(sent.some((one) => one.method === "POST")).toBe(false);
  type(document.querySelector(".ant-modal textarea") as HTMLTextAreaElement, "已换新");
  confirm();
  await soon(() =>
    expect(sent.find((one) => one.method === "POST")?.body).toEqual({ state: "mended", answer: "已换新" }),
  );
});

test("who may only look answers nothing", async () => {
  serve({ "GET /session": session("station.view"), "GET /station-faults": { items: [FAULT], total: 1 } });
  const { place } = draw(createElement(StationFaults));
  await soon(() => expect(place.textContent).toContain("友谊驿站"));
  expect(place.textContent).not.toContain("办理");
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, officer, serve } from "../testing";
import { Findings } from "./findings";
import { Ratings } from "./ratings";

const reason = async (text: string) =>
  type(await there(() => document.querySelector<HTMLTextAreaElement>(".ant-modal textarea")), text);

test("what was confirmed as mended by mistake is sent back", async () => {
  const row = {
    ...{ id: "5", station_id: "7", station: "友谊驿站", organisation: "东河区总工会", organisation_id: "2" },
    ...{
      inspection_id: "9",
      item: "std",
      item_label: "药品",
      wrong: "药品已过期",
      mend_by: "2026-07-09",
      days_late: 0,
    },
    ...{ state: "mended", state_label: "已整改", mended_on: "2026-07-03", mending: "已更换", proof: [] },
  };
  const sent = serve({
    "GET /session": officer("station.inspect"),
    "GET /station-findings": { items: [row], total: 1 },
    "POST /station-findings/5/judge": { ...row, state: "open", mended_on: null },
  });
  draw(createElement(Findings, { asked: {} }));
  await press("撤回核验");
  await reason("点错了一条");
  await press("撤回核验");
  const body = () => sent.find((one) => one.method === "POST" && one.path.endsWith("/judge"))?.body;
  await soon(() => expect(body()).toEqual({ answer: "点错了一条", mended: false }));
});

test("a rating that was hidden by mistake is shown again", async () => {
  const row = { id: "5", said_at: "2026-07-03", points: 4, said: "很好", reply: null, hidden: "含广告" };
  const sent = serve({
    "GET /session": officer("station.keep"),
    "GET /stations/7/ratings": { items: [row], total: 1 },
    "POST /stations/7/show-rating": { ...row, hidden: null },
  });
  draw(createElement(Ratings, { station: "7" }));
  await press("恢复显示");
  await reason("点错了一条");
  await press("恢复显示");
  const body = () => sent.find((one) => one.path.endsWith("/show-rating"))?.body;
  await soon(() => expect(body()).toEqual({ id: "5", reason: "点错了一条" }));
});

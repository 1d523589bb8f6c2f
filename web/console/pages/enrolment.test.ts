import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, serve } from "../testing";
import Enrolment from "./enrolment";

test("each number of the companies' unions opens into the branches that it counts today", async () => {
  const counted = { branches: 3, with_union: 1 };
  serve({
    "GET /enrolment/shares": { items: [], total: { key: "total", label: "合计", outside: 0 } },
    "GET /enrolment/set-up": { items: [], total: { employers: 0 } },
    "GET /platform-matrix": {
      companies: [{ id: "7", name: "示例外卖", rank: "head", coverage_bp: 3_333, ...counted }],
      counties: [{ id: "5", name: "东河区总工会", ...counted }],
      cells: [{ company: "7", county: "5", ...counted }],
    },
  });
  const { place } = draw(createElement(Enrolment), "/", "/?organisation=2");
  const opened = async (words: string) => {
    const link = await there(() => [...place.querySelectorAll("a")].find((one) => one.textContent === words));
    return Object.fromEntries(new URLSearchParams(link.getAttribute("href")?.split("?")[1]));
  };
  const today = { on: "2026-07-05", platform: "7" };
  expect(await opened("1")).toEqual({ ...today, organisation: "2", has_union: "true" });
  expect(await opened("3")).toEqual({ ...today, organisation: "2" });
  expect(await opened("1/3")).toEqual({ ...today, organisation: "5" });
});

test("where nobody was counted no empty chart is drawn, and it is said what is missing", async () => {
  const month = { label: "2026-06", members: 3, workers: 0, outside: 3 };
  serve({
    "GET /enrolment/shares": { items: [], total: { key: "total", label: "合计", outside: 0 } },
    "GET /enrolment/set-up": { items: [], total: { employers: 0 } },
    "GET /enrolment/trend": { items: [month, { ...month, label: "2026-07", share_bp: null }] },
    "GET /platform-matrix": { companies: [], counties: [], cells: [] },
  });
  const { place } = draw(createElement(Enrolment), "/", "/?organisation=2");
  await soon(() => expect(place.textContent).toContain("画不出入会率的走势"));
  expect(place.textContent).not.toContain("看表格");
});

test("members open into their records by where their unions lie on the day, also of those moved since", async () => {
  const riders = { key: "delivery_rider", label: "外卖配送员", members: 2, workers: 4, outside: 0, share_bp: 5_000 };
  const sent = serve({
    "GET /enrolment/shares": { on: "2026-07-05", items: [riders], total: { ...riders, key: "all", label: "合计" } },
    "GET /enrolment/set-up": { items: [], total: { employers: 0 } },
    "GET /platform-matrix": { companies: [], counties: [], cells: [] },
  });
  const { place } = draw(createElement(Enrolment), "/", "/?organisation=2");
  (await there(() => place.querySelector<HTMLElement>('[aria-label="2：外卖配送员会员的逐笔记录"]'))).click();
  const { path } = await there(() => sent.find((one) => one.path.startsWith("/facts?")));
  const asked = Object.fromEntries(new URLSearchParams(path.split("?")[1]));
  expect(asked).toMatchObject({
    organisation: "2",
    groups: "delivery_rider",
    to: "2026-07-05",
    lying_on: "2026-07-05",
  });
});

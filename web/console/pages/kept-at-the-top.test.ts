import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, Refused, serve } from "../testing";
import BenefitKinds from "./benefit-kinds";
import Calendar from "./calendar";
import Platforms from "./platforms";
import Roles from "./roles";
import StationCatalogue from "./station-catalogue";
import StationStandard from "./station-standard";
import WorkerGroups from "./worker-groups";

const ENTRY = { code: "one", label: "甲", offered: true, sort: 1, version: 1 };
const DAYS = { year: 2026, region: "", loaded: true, days: [], own: [] };
const LISTS = {
  "GET /worker-groups": [ENTRY],
  "GET /benefit-kinds": [ENTRY],
  "GET /station-catalogue": [{ ...ENTRY, kind: "check" }],
  "GET /station-standard": { items: [ENTRY], strengths: [], out_of: 100 },
  "GET /platforms": { items: [{ id: "5", name: "甲", rank: "other", version: 1 }], total: 1 },
  "GET /roles": { items: [{ id: "5", name: "甲", built_in: true, permissions: [] }], total: 1 },
  "GET /calendar/2026": DAYS,
};
const PAGES = [
  ["平台企业", Platforms, "workforce.manage", "修改"],
  ["职工群体", WorkerGroups, "workforce.manage", "修改"],
  ["服务种类", BenefitKinds, "benefit.kinds", "修改"],
  ["驿站目录", StationCatalogue, "station.catalogue", "修改"],
  ["驿站标准", StationStandard, "station.catalogue", "修改"],
  ["内置角色", Roles, "access.roles", "修改"],
  ["全国日历", Calendar, "rulebook.manage", "设定日期"],
] as const;
const BELOW = [{ id: "1" }, { id: "2" }];

/** What the page of an officer offers whose union answers so for where it stands. */
function open(page: (typeof PAGES)[number][1], permission: string, union: unknown) {
  const sent = serve({
    ...LISTS,
    "GET /session": { permissions: [permission], organisations: [{ id: "2", name: "旗总工会" }], today: "2026-07-05" },
    "GET /organisations/2": union,
  });
  const { client, place } = draw(createElement(page));
  const offered = () => [...place.querySelectorAll("button")].map((one) => one.textContent);
  const told = () =>
    soon(() => {
      expect(sent.some((one) => one.path === "/organisations/2")).toBe(true);
      expect(client.isFetching()).toBe(0);
      expect(place.textContent).toContain("由最上级工会");
    });
  return { offered, told };
}

test.each(PAGES)(
  "%s: who is below the top reads who keeps it, and is offered no change",
  async (_, page, permission) => {
    const { offered, told } = open(page, permission, { id: "2", name: "旗总工会", path: BELOW });
    await told();
    expect(offered().filter((one) => /修改|新增|设定|载入/.test(one ?? ""))).toEqual([]);
  },
);

test.each(PAGES)("%s: who is at the top keeps it", async (_, page, permission, change) => {
  const { offered } = open(page, permission, { id: "2", name: "旗总工会", path: [{ id: "2" }] });
  await soon(() => expect(offered()).toContain(change));
});

test("where nobody tells how high one stands, the server's refusal does", async () => {
  const { offered } = open(Platforms, "workforce.manage", new Refused(403, "forbidden", "您没有这项权限。"));
  await soon(() => expect(offered()).toContain("修改"));
});

import { createElement, type FC } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, press, serve } from "../testing";
import BenefitRedemptions from "./benefit-redemptions";
import BenefitSettlements from "./benefit-settlements";
import Events from "./events";
import HeadCounts from "./head-counts";
import Home from "./home";
import Members from "./members";
import Organisations from "./organisations";
import People from "./people";
import Platforms from "./platforms";
import StationActivities from "./station-activities";
import StationDesks from "./station-desks";
import StationFindings from "./station-findings";
import StationGifts from "./station-gifts";
import StationIncidents from "./station-incidents";
import StationInspections from "./station-inspections";
import StationSupplies from "./station-supplies";
import Stations from "./stations";

const session = (...permissions: string[]) => ({
  permissions,
  organisations: [{ id: "2", name: "固阳县总工会" }],
  today: "2026-07-05",
});

const PAGES: [string, FC, string][] = [
  ["还没有登记平台企业。", Platforms, "q=美团"],
  ["还没有登记在岗人数。", HeadCounts, "group=courier"],
  ["还没有会员。", Members, "q=张三"],
  ["还没有人员。", People, "q=张三"],
  ["还没有驿站。", Stations, "q=金山"],
  ["没有未结束的活动。", StationActivities, "kind=lecture"],
  ["还没有设立咨询窗口。", StationDesks, "kind=legal"],
  ["还没有捐赠。", StationGifts, "q=棉衣"],
  ["还没有登记过事件。", StationIncidents, "kind=first_aid"],
  ["还没有登记药品和物资。", StationSupplies, "q=碘伏"],
  ["没有未整改完的问题。", StationFindings, "q=金山"],
  ["还没有安排检查。", StationInspections, "kind=again"],
  ["还没有核销记录。", BenefitRedemptions, "redeemed_q=张三"],
  ["还没有结算单。", BenefitSettlements, "month=2026-07-01"],
];

test.each(PAGES)("in a new house a list says so: %s; and where a filter is set, not", async (words, page, filter) => {
  serve({
    "GET /session": session(),
    "GET /station-catalogue": [],
    "GET /benefit-settlements": { items: [], total: 0, pieces: 0, amount_fen: 0 },
  });
  const all = draw(createElement(page), "/", "/");
  await soon(() => expect(all.place.textContent).toContain(words));
  expect(all.place.textContent).not.toContain("没有符合条件的记录");
  const some = draw(createElement(page), "/", `/?${filter}`);
  await soon(() => expect(some.place.textContent).toContain("没有符合条件的记录"));
  expect(some.place.textContent).not.toContain(words);
});

test("an officer of a new house reads with what to begin, and no more once he has", async () => {
  const has = { members: 0, stations: 0 };
  const sent = serve({
    "GET /session": session("membership.apply", "station.keep", "benefit.keep", "plan.view", "plan.edit"),
    "GET /members": () => ({ items: [], total: has.members }),
    "GET /stations": ({ path }: { path: string }) => ({
      items: [],
      total: path.includes("attention") ? 0 : has.stations,
    }),
  });
  const { client, place } = draw(createElement(Home));
  const links = () => [...place.querySelectorAll("a")].map((one) => one.getAttribute("href"));
  await soon(() => expect(links()).toEqual(["/plans", "/members", "/stations", "/benefit-offers"]));
  has.stations = 1;
  await client.invalidateQueries();
  await soon(() => expect(links()).toEqual(["/plans", "/members", "/benefit-offers"]));
  has.members = 3;
  await client.invalidateQueries();
  await soon(() => expect(links()).toEqual(["/plans"]));
  const offers = () => sent.filter((one) => one.path.startsWith("/benefit-offers")).length;
  const before = offers();
  await client.invalidateQueries();
  expect(offers()).toBe(before);
});

test("the security administrator of a new house reads that the officers have no accounts yet", async () => {
  const has = { accounts: 4 };
  serve({
    "GET /session": session("access.accounts"),
    "GET /accounts": () => ({ items: [], total: has.accounts }),
  });
  const { client, place } = draw(createElement(Home));
  await soon(() => expect(place.textContent).toContain("给每位干部新建账号"));
  has.accounts = 5;
  await client.invalidateQueries();
  await soon(() => expect(place.textContent).not.toContain("给每位干部新建账号"));
});

test("who makes an event where there is no grassroots union reads who founds one", async () => {
  serve({ "GET /session": session("membership.hold_events") });
  draw(createElement(Events));
  await press("新建活动");
  const unions = await there(() => document.querySelector<HTMLInputElement>(".ant-modal input#unions"));
  unions.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  await soon(() => expect(document.body.textContent).toContain("新建工会请系统管理员在“组织”里办理"));
});

test("who may not found unions reads who does", async () => {
  const note = async (...permissions: string[]) => {
    serve({ "GET /session": session(...permissions) });
    const { place } = draw(createElement(Organisations));
    await soon(() => expect(place.textContent).toContain(permissions.length > 1 ? "组织的页面里" : "请系统管理员办理"));
  };
  await note("organisations.view");
  await note("organisations.view", "organisations.manage");
});

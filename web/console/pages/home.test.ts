import { createElement } from "react";
import { expect, test } from "vitest";
import { press, soon, there } from "../../testing";
import { draw, officer, Refused, type Sent, serve } from "../testing";
import Home from "./home";

test("where what waits could not be asked for, nobody reads that nothing waits", async () => {
  const session = { name: "李干部", permissions: ["membership.view"], organisations: [], today: "2026-07-05" };
  let answer: unknown = new Refused(500, "fault", "系统出了故障。");
  serve({ "GET /session": session, "GET /enrolment/todo": () => answer });
  const { client, place } = draw(createElement(Home));
  await soon(() => expect(place.textContent).toContain("系统出了故障"));
  expect(place.textContent).not.toContain("手头没有待办");
  answer = [];
  await client.invalidateQueries();
  await soon(() => expect(place.textContent).toContain("手头没有待办"));
});

test("what waits in lists is counted, with the filter under which it is shown, for those who can see to it", async () => {
  const todo = async (wanted: number, ...permissions: string[]) => {
    const session = { permissions, organisations: [{ id: "2", name: "包头市总工会" }], today: "2026-07-05" };
    const of = (totals: Record<string, number>) => (one: Sent) => {
      const filter = Object.keys(totals).find((filter) => one.path.includes(filter));
      return { items: [], total: totals[filter ?? ""] ?? 0 };
    };
    const sent = serve({
      "GET /session": session,
      "GET /stations": of({
        "attention=no_master": 1,
        "attention=climbed": 2,
        "attention=at_union": 5,
        "attention=below_standard": 1,
        "attention=inspection_overdue": 8,
        "attention=inspection_soon": 9,
      }),
      "GET /station-faults": of({ "standing=unanswered": 3 }),
      "GET /station-inspections": of({ "late=true": 6 }),
      "GET /station-supplies": of({ "warning=expired": 5 }),
      "GET /station-desks": of({ "vacant=true": 2 }),
      "GET /station-findings": of({ "standing=reported": 4 }),
      "GET /benefit-settlements": of({ "waiting=pay": 6 }),
      "GET /benefit-offers": of({ "too_late=true": 2 }),
      "GET /benefit-nomination-rounds": of({ "waiting=answer": 7, "waiting=show": 4 }),
      "GET /station-consultations": [{ id: "1" }, { id: "2" }],
      "GET /exports/waiting": of({ waiting: 3 }),
      "GET /impact-assessments/missing": of({ missing: 2 }),
      "GET /impact-assessments": of({ "expired=true": 1, "soon=true": 4 }),
    });
    const { place } = draw(createElement(Home));
    await soon(() => expect(place.querySelectorAll(".first .todo li").length).toBe(wanted));
    const rows = [...place.querySelectorAll(".first .todo li")].map((row) => [
      row.querySelector("a")?.getAttribute("href"),
      row.querySelector("b")?.textContent,
    ]);
    place.remove();
    return { rows, asked: sent.map((one) => one.path) };
  };
  const sees = ["station.keep", "station.inspect", "benefit.settle", "benefit.approve", "benefit.publish"];
  const all = await todo(15, ...sees);
  expect(all.rows).toEqual([
    ["/stations?attention=no_master&state=open", "1"],
    ["/stations?attention=climbed", "2"],
    ["/stations?attention=at_union", "5"],
    ["/station-faults?standing=unanswered", "3"],
    ["/station-desks?open=vacant", "2"],
    ["/station-findings?standing=reported", "4"],
    ["/station-inspections?state=late", "6"],
    ["/stations?attention=below_standard", "1"],
    ["/stations?attention=inspection_overdue", "8"],
    ["/stations?attention=inspection_soon", "9"],
    ["/station-supplies?warning=expired", "5"],
    ["/benefit-settlements?waiting=pay", "6"],
    ["/benefit-offers?state=too_late&from_above=false", "2"],
    ["/nominations?waiting=show", "4"],
    ["/nominations?waiting=answer", "7"],
  ]);
  expect(all.asked.filter((path) => path.startsWith("/counts?")).length).toBe(1);
  const office = await todo(3, "access.assess");
  expect(office.rows).toEqual([
    ["/impact-assessments", "2"],
    ["/impact-assessments?expired=true", "1"],
    ["/impact-assessments?soon=true", "4"],
  ]);
  const second = await todo(1, "export.approve");
  expect(second.rows).toEqual([["/exports?tab=waiting", "3"]]);
  const advises = await todo(1, "station.advise");
  expect(advises.rows).toEqual([["/station-consultations?unmarked=true", "2"]]);
  const few = await todo(5, "station.inspect");
  expect(few.rows.map(([, count]) => count)).toEqual(["4", "6", "1", "8", "9"]);
  expect(few.asked.map(decodeURIComponent).some((path) => /attention=climbed|\/benefit/.test(path))).toBe(false);
});

test("what waits anywhere below opens as a list of all that, also while the pages show one union of them", async () => {
  const rows = async (shown: string) => {
    serve({
      "GET /session": {
        permissions: ["station.keep", "membership.view", "plan.view", "plan.submit_quarter"],
        organisations: [{ id: "2", name: "包头市总工会" }],
        today: "2026-07-05",
      },
      "GET /station-supplies": { items: [], total: 5 },
      "GET /enrolment/todo": [{ code: "transfers", label: "待确认的会籍转接", count: 1, path: "/transfers" }],
      "GET /quarter-approvals": { over: ["2026Q2"], rows: [{ own: true, quarters: [] }] },
    });
    const { place } = draw(createElement(Home), "/", `/?organisation=${shown}`);
    await soon(() => expect(place.querySelectorAll(".first .todo li").length).toBe(3));
    return [...place.querySelectorAll(".first .todo a")].map((row) => row.getAttribute("href"));
  };
  const [supplies, transfers] = ["/station-supplies?warning=expired", "/transfers"];
  // Quarters are counted of the union that is shown.
  expect(await rows("3")).toEqual(["/quarters?year=2026", `${supplies}&organisation=2`, `${transfers}?organisation=2`]);
  expect(await rows("2")).toEqual(["/quarters?year=2026", supplies, transfers]);
});

test("the plan that stands first is the organisation's own, and none of those below it", async () => {
  const plan = (id: string, organisation_id: string, title: string) => ({
    id,
    organisation_id,
    title,
    state: "published",
  });
  const own = [plan("9", "1", "自治区工作要点"), plan("8", "2", "包头市工作要点")];
  serve({
    "GET /session": { permissions: ["plan.view"], organisations: [{ id: "2" }], today: "2026-07-05" },
    "GET /plans": ({ path }: Sent) => ({
      items: path.includes("carried_out_by=2") ? own : [plan("11", "3", "青山区工作要点"), ...own],
      total: 3,
    }),
    "GET /plans/8/board": { counts: {}, items: [] },
  });
  const { place } = draw(createElement(Home));
  await soon(() => expect(place.querySelector('a[href="/plans/8"]')?.textContent).toBe("包头市工作要点"));
  await soon(() => expect(place.textContent).toContain("没有滞后的指标"));
});

test("each of this year's plans is chosen on the home page, and a draft hides none that is carried out", async () => {
  const plan = (id: string, organisation: string, title: string, state = "published") => ({
    id,
    organisation,
    title,
    state,
  });
  serve({
    "GET /session": { permissions: ["plan.view"], organisations: [{ id: "2" }], today: "2026-07-05" },
    "GET /plans": {
      items: [
        { ...plan("7", "包头市总工会", "包头市补充要点", "draft"), organisation_id: "2" },
        { ...plan("8", "包头市总工会", "包头市工作要点"), organisation_id: "2" },
        { ...plan("9", "自治区总工会", "自治区工作要点"), organisation_id: "1" },
      ],
      total: 3,
    },
    "GET /plans/8/board": { counts: {}, items: [] },
    "GET /plans/9/board": { counts: {}, items: [] },
  });
  const { place } = draw(createElement(Home));
  await soon(() => expect(place.querySelector('a[href="/plans/8"]')).not.toBeNull());
  await press("换一份计划（共3份）");
  const region = await there(() =>
    [...document.querySelectorAll<HTMLElement>("[role=menuitem]")].find((one) =>
      one.textContent?.startsWith("自治区总工会"),
    ),
  );
  region.click();
  await soon(() => expect(place.querySelector('a[href="/plans/9"]')).not.toBeNull());
  expect(place.querySelector('a[href="/plans/8"]')).toBeNull();
});

test("quarters that wait for a decision, or were given back, stand among what waits", async () => {
  const quarter = (state: string) => ({ id: state, quarter: "2026Q1", state });
  const sent = serve({
    "GET /session": { ...officer("plan.view", "plan.approve_quarter", "plan.submit_quarter"), today: "2026-07-05" },
    "GET /quarter-approvals": ({ path }: Sent) => ({
      over: [],
      rows: path.includes("year=2025")
        ? []
        : [
            { organisation_id: "2", own: true, quarters: [quarter("returned"), quarter("submitted")] },
            { organisation_id: "3", own: false, quarters: [quarter("submitted"), quarter("approved")] },
            { organisation_id: "4", own: false, quarters: [quarter("submitted"), quarter("returned")] },
          ],
    }),
  });
  const { place } = draw(createElement(Home));
  const rows = () =>
    [...place.querySelectorAll(".todo li")].map((row) => [
      row.querySelector("a")?.getAttribute("href"),
      row.textContent,
    ]);
  await soon(() =>
    expect(rows()).toEqual([
      ["/quarters?year=2026", "待审定的2026年季度数据2"],
      ["/quarters?year=2026", "被退回、待重新报送的2026年季度数据1"],
    ]),
  );
  expect(sent.some((one) => one.path.includes("organisation=2&year=2025"))).toBe(true);
});

test("of a year of which no quarter has ended none is asked for", async () => {
  const board = {
    over: [],
    rows: [{ organisation_id: "2", own: true, quarters: [{ quarter: "2025Q4", state: "returned" }] }],
  };
  const sent = serve({
    "GET /session": { ...officer("plan.view", "plan.submit_quarter"), today: "2026-02-05" },
    "GET /quarter-approvals": board,
  });
  const { place } = draw(createElement(Home));
  await soon(() => expect(place.querySelector(".todo")?.textContent).toBe("被退回、待重新报送的2025年季度数据1"));
  expect(sent.filter((one) => one.path.startsWith("/quarter-approvals"))).toHaveLength(1);
});

test("who neither hands up nor decides is not told of quarters", async () => {
  const sent = serve({ "GET /session": { ...officer("plan.view"), today: "2026-07-05" } });
  const { place } = draw(createElement(Home));
  await soon(() => expect(place.textContent).toContain("手头没有待办"));
  expect(sent.some((one) => one.path.startsWith("/quarter-approvals"))).toBe(false);
});

test("until there is a plan for the new year, what came of the last one's stands on the home page", async () => {
  const sent = serve({
    "GET /session": { ...officer("plan.view", "plan.edit"), today: "2027-01-05" },
    "GET /plans": ({ path }: Sent) => ({
      items: path.includes("year=2026")
        ? [{ id: "8", organisation_id: "2", title: "2026年工作要点", year: 2026, state: "published" }]
        : [],
      total: 0,
    }),
    "GET /plans/8/board": {
      counts: { missed: 1 },
      items: [
        {
          indicator: { id: "5", name: "走访慰问", scale: "count", unit: "人次" },
          status: "missed",
          forecast: { text: "年底为28,635人次，差1,365人次" },
          month_before: { change: 7 },
        },
      ],
    },
  });
  const { place } = draw(createElement(Home));
  await soon(() => expect(place.textContent).toContain("还没有2027年的计划，这是2026年的完成情况。去编制计划"));
  await soon(() => expect(place.textContent).toContain("1未完成"));
  expect(place.textContent).toContain("年底为28,635人次，差1,365人次");
  expect(place.textContent).not.toContain("一个月来的变化");
  expect(sent.some((one) => one.path.includes("year=2025"))).toBe(false);
});

test("a quarter that ended is to be handed up, an older one too where handing up had begun", async () => {
  const quarter = (quarter: string) => ({ id: quarter, quarter, state: "approved" });
  const shown = async (
    expected: string[],
    today: string,
    own: object,
    quarters: Record<string, object[]>,
    permission = "plan.submit_quarter",
  ) => {
    const over = (year: number) =>
      [1, 2, 3, 4]
        .filter((one) => `${year}-${["03-31", "06-30", "09-30", "12-31"][one - 1]}` < today)
        .map((one) => `${year}Q${one}`);
    const sent = serve({
      "GET /session": { ...officer("plan.view", permission), today },
      "GET /quarter-approvals": ({ path }: Sent) => {
        const year = Number(/year=(\d+)/.exec(path)?.[1]);
        const below = { organisation_id: "3", own: false, quarters: [] };
        return {
          over: over(year),
          rows: [{ organisation_id: "2", own: true, quarters: quarters[year] ?? [], ...own }, below],
        };
      },
    });
    const { place } = draw(createElement(Home));
    await soon(() => expect(sent.some((one) => one.path.startsWith("/quarter-approvals"))).toBe(true));
    const rows = () => [...place.querySelectorAll(".first .todo li")].map((row) => row.textContent);
    await soon(() => expect(rows()).toEqual(expected));
    if (expected.length === 0) await soon(() => expect(place.textContent).toContain("手头没有待办"));
    place.remove();
  };
  // On New Year's Day the quarter that ended yesterday; in a house that never handed anything up no older one.
  await shown(["待报送的2026年季度数据1"], "2027-01-01", {}, {});
  await shown(
    ["待报送的2027年季度数据1", "待报送的2026年季度数据1"],
    "2027-04-01",
    {},
    { 2026: [quarter("2026Q2"), quarter("2026Q3")] },
  );
  const all = { 2026: ["2026Q1", "2026Q2", "2026Q3", "2026Q4"].map(quarter) };
  await shown([], "2027-01-01", {}, all);
  await shown([], "2027-01-01", { founded_on: "2027-01-01" }, {});
  await shown([], "2027-01-01", {}, {}, "plan.approve_quarter");
});

test("from November on the days off of the next year are waited for, and this year's until they are loaded", async () => {
  const labels = async (today: string) => {
    serve({
      "GET /session": { ...officer("rulebook.manage"), today },
      ...Object.fromEntries([2026, 2027, 2028].map((year) => [`GET /calendar/${year}`, { loaded: year === 2026 }])),
    });
    const { place } = draw(createElement(Home));
    await soon(() => expect(place.querySelectorAll(".first .todo li").length).toBeGreaterThan(0));
    const found = [...place.querySelectorAll(".first .todo a")].map((one) => one.textContent);
    place.remove();
    return found;
  };
  expect(await labels("2026-11-01")).toEqual(["待载入的2027年放假安排"]);
  expect(await labels("2027-10-31")).toEqual(["待载入的2027年放假安排"]);
  expect(await labels("2027-11-01")).toEqual(["待载入的2027年放假安排", "待载入的2028年放假安排"]);
});

// Story 1's money: what an offer may cost is held against its line of the plan's budget. By the region's rule that is only
// told, refused, or for another officer to let go with a reason; what was refused nobody sees on his phone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { chooseOwn, dialog, enter, go, open, said, shot } from "./desk.js";
import { enrol, get, post } from "./interface.js";
import { person } from "./people.js";
import { heldBy } from "./phone.js";
import { start } from "./program.js";
import { dayAfter, YEAR } from "./today.js";

const LINE = "清凉物资";
const FIRST = "Chushi-2026-a";

describe("what the budget does not bear", () => {
  let program;
  let officer;
  let union;
  let place;
  const rider = person(831);
  let page;
  let small;
  let main;

  before(async () => {
    program = await start("SQLite");
    officer = await enter(program, "quzong");
    union = (await get(program, officer, "/session")).organisations[0];
    const { items } = await get(program, officer, `/plans?organisation=${union.id}&year=${YEAR}`);
    const plan = items.find((one) => one.organisation_id === union.id);
    await post(program, officer, `/plans/${plan.id}/budget`, { name: LINE, allotted_fen: 100_000 });
    place = await post(program, officer, "/benefit-partners", {
      organisation_id: union.id,
      name: "红旗街驿站",
      kind: "shop",
      active: true,
    });
    await enrol(program, officer, [rider]);
  });
  after(() => program?.stop());

  const drafted = async (title, total) => {
    const opens_at = new Date(Date.now() - 60_000);
    const offer = await post(program, officer, "/benefit-offers", {
      organisation_id: union.id,
      kind: "meal",
      title,
      unit_fen: 1500,
      budget_line: LINE,
      redeem_from: dayAfter(0),
      redeem_until: dayAfter(3),
      places: [place.id],
      rounds: [{ opens_at, closes_at: new Date(Date.now() + 3_600_000), total }],
    });
    await officer.goto(`${program.url}/benefit-offers/${offer.id}`);
    return offer;
  };
  /** Sets how the region binds, on the page of its rules. */
  const bind = async (value) => {
    const keeper = await enter(program, "system");
    await go(keeper, "规则");
    await keeper.getByLabel("规则名称或依据").fill("经费项目余额");
    await keeper.keyboard.press("Enter");
    const row = keeper.getByRole("row").filter({ hasText: "另一名干部说明理由放行" });
    await row.getByRole("button", { name: "设定" }).click();
    const form = dialog(keeper, "设定：");
    // The words of so long a title end before the cross.
    const [cross, ...words] = await form.evaluate((whole) => {
      const range = document.createRange();
      range.selectNodeContents(whole.querySelector(".ant-modal-title"));
      const boxes = [whole.querySelector(".ant-modal-close").getBoundingClientRect(), ...range.getClientRects()];
      return boxes.map(({ left, right }) => ({ left, right }));
    });
    for (const { right } of words) assert.ok(right <= cross.left);
    await form.getByLabel("数值").fill(String(value));
    await form.getByLabel("依据").fill("本级工会预算管理办法");
    await form.getByRole("button", { name: "保 存" }).click();
    await row.getByText(`${value} 档`).waitFor();
    await keeper.context().close();
  };
  /** Presses the button that publishes, and the one that is asked for then; answers what the window said before. */
  const publish = async (page, sure = /^发\s?布$/) => {
    await page.getByRole("button", { name: "发 布" }).click();
    const asked = page.getByRole("dialog").filter({ hasText: "最多支出" });
    const words = await asked.innerText();
    await asked.getByRole("button", { name: sure }).click();
    return words;
  };
  /** Presses it, and is told why that can't be. */
  const refused = async (page, ...words) => {
    await page.getByRole("button", { name: "发 布" }).click();
    const told = dialog(page, "按规则现在不能发布");
    for (const one of words) await told.getByText(one).waitFor();
    await told.getByRole("button", { name: "知道了" }).click();
    await page.getByText("草稿", { exact: true }).waitFor();
  };
  const offered = async (title) => {
    page ??= await heldBy(program, rider, "benefits");
    await page.goto(`${program.url}/w/benefits`);
    await page.getByRole("article", { name: "驿站爱心餐" }).waitFor();
    const shown = page.getByRole("article", { name: title });
    return (await shown.count()) > 0 && shown.locator("dd.figure").innerText();
  };

  test("where it is only told, the page warns of what is over and by how much, and publishes all the same", async () => {
    await drafted("只提示的餐", 70);
    const words = await publish(officer, "仍要发布");
    assert.match(words, /可能超出经费项目的余额/);
    assert.match(words, /共 70 份，本次最多支出 1,050.00 元。经费项目“清凉物资”余额 1,000.00 元，用它的服务最多还要支出 1,050.00 元，超出 50.00 元/);
    await officer.getByText("进行中").waitFor();
    assert.equal(await offered("只提示的餐"), "70 份");
    // What was given to nobody costs nothing once it has ended.
    await officer.getByRole("button", { name: "结束服务" }).click();
    await dialog(officer, "结束这项服务？").getByRole("button", { name: "结束服务" }).click();
    await officer.getByText("已结束").first().waitFor();
  });

  test("where it binds, the line's offers are refused together with figures, and so is a further round", async () => {
    await bind(1);
    main = await drafted("清凉餐", 60);
    const borne = /本次最多支出 900.00 元。经费项目“清凉物资”余额 1,000.00 元，用它的服务最多还要支出 900.00 元。/;
    assert.match(await publish(officer), borne);
    await officer.getByText("进行中").waitFor();

    small = await drafted("加一餐", 10);
    await refused(officer, "余额1,000元，用它的服务最多还要支出1,050元（其中本项服务共150元），超出50元，按规则不能发布");
    assert.equal(await offered("加一餐"), false);
    assert.equal(await officer.getByRole("button", { name: "放行超出经费余额" }).count(), 0);

    await officer.goto(`${program.url}/benefit-offers/${main.id}`);
    await officer.getByRole("button", { name: "增加场次" }).click();
    const form = dialog(officer, "增加领取场次");
    const ends = form.locator(".ant-picker-range input");
    for (const [which, time] of ["09:00", "10:00"].entries()) {
      await ends.nth(which).fill(`${dayAfter(1)} ${time}`);
      await ends.nth(which).press("Enter");
    }
    await form.getByLabel("总数").fill("7");
    await form.getByText("最多增加支出 105.00 元").waitFor();
    await shot(officer, "benefit-round-cost");
    await form.getByRole("button", { name: "增 加" }).click();
    await form.getByText("最多还要支出1,005元（其中本项服务共1,005元），超出5元").waitFor();
    await form.getByLabel("总数").fill("6");
    await form.getByRole("button", { name: "增 加" }).click();
    await form.waitFor({ state: "detached" });
    await officer.getByText("66份").first().waitFor();
  });

  test("where another may let it go, the one who does can't publish it, and the other can as far as was said", async () => {
    await bind(2);
    await officer.goto(`${program.url}/benefit-offers/${small.id}`);
    await refused(officer, "超出140元，须由另一名有发布权限的干部说明理由放行后才能发布");
    const lets = async (page, yuan, reason) => {
      await page.getByRole("button", { name: "放行超出经费余额" }).click();
      const form = dialog(page, "放行超出经费余额");
      await form.getByText("经费项目“清凉物资”余额 1,000.00 元").waitFor();
      const most = form.getByLabel("本项服务最多支出");
      assert.equal(await most.inputValue(), "150.00");
      await most.fill(yuan);
      await form.getByRole("button", { name: "放 行" }).click();
      await form.getByText("请填写原因").waitFor();
      await form.getByLabel("原因").fill(reason);
      await shot(page, "benefit-let-over");
      await said(page, "已放行，由另一名干部发布", () => form.getByRole("button", { name: "放 行" }).click());
      await form.waitFor({ state: "detached" });
    };
    const security = await enter(program, "security");
    const roles = await get(program, security, "/roles");
    const role = (roles.items ?? roles).find((one) => one.name === "业务干部");
    const account = { username: "tongshi", password: FIRST, name: "另一名干部" };
    await post(program, security, "/accounts", { ...account, grants: [{ role_id: role.id, organisation_id: union.id }] });
    const other = await open(program, "tongshi", FIRST);
    await chooseOwn(other, "Tongshi-2026-b");
    await other.getByRole("button", { name: "：账号" }).waitFor();
    await other.goto(`${program.url}/benefit-offers/${small.id}`);
    await lets(other, "149.99", "先放行一部分");
    await refused(officer, "超出140元");
    await lets(officer, "150", "入冬前追加的经费已经批复");
    await officer.getByText("放行，本项服务最多支出 150.00 元，原因：入冬前追加的经费已经批复").waitFor();
    await refused(officer, "由另一名有发布权限的干部发布");
    await publish(other, "仍要发布");
    await other.getByText("进行中").waitFor();
    await officer.getByText("进行中").waitFor();
    assert.equal(await offered("加一餐"), "10 份");
    assert.deepEqual(await barriers(officer, "an offer that was let over"), []);
  });

  test("who let it go, how far and why stands in the audit", async () => {
    const auditor = await enter(program, "audit");
    await go(auditor, "审计");
    await auditor.getByLabel("人员、事项或编号").fill(small.id);
    await auditor.keyboard.press("Enter");
    const rows = auditor.getByRole("row").filter({ hasText: "放行超出经费余额的普惠服务" });
    await rows.nth(1).getByText("另一名干部").waitFor();
    await rows.first().getByRole("button", { name: "展开行" }).click();
    await auditor.locator("dl.told").getByText("入冬前追加的经费已经批复").waitFor();
    await shot(auditor, "audit-let-over");
  });
});

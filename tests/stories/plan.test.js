// Story 1: an officer reads the plan of the whole region, goes down the tree to the records, breaks a target down, reminds
// who is behind, pays out of the budget and makes the report.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { DESK, go, said } from "./desk.js";
import { get } from "./interface.js";
import { DATABASES, start } from "./program.js";
import { DAY_OF_YEAR, ENDED, IS_JANUARY, THIS_YEAR, YEAR } from "./today.js";

const SHOTS = join(import.meta.dirname, "shots");
mkdirSync(SHOTS, { recursive: true });

const number = (text) => Number(text.replaceAll(",", ""));

for (const database of DATABASES) {
  describe(`a figure and its records on ${database}`, () => {
    let program;
    before(async () => {
      program = await start(database);
    });
    afterEach(() => program?.leave());
    after(() => program?.stop());

    const page = async (username, size) => {
      const context = await program.context({ ...DESK, viewport: size });
      const page = await context.newPage();
      await page.goto(program.url);
      await page.getByLabel("用户名").fill(username);
      await page.getByLabel("密码", { exact: true }).fill("Niangjia-2026");
      await page.getByRole("button", { name: "登 录" }).click();
      await page.getByRole("heading", { name: "待办" }).waitFor();
      return page;
    };

    const everyFact = async (page, query) => {
      const ask = (path) => get(program, page, path);
      const organisation = (await ask("/session")).organisations[0].id;
      const facts = [];
      for (let cursor = ""; cursor !== null; ) {
        const { items, next } = await ask(`/facts?organisation=${organisation}&${query}&limit=200${cursor}`);
        facts.push(...items);
        cursor = next ? `&cursor=${next}` : null;
      }
      return facts;
    };
    const openPlan = async (page, year = YEAR) => {
      await go(page, "计划与进度");
      await page.getByRole("link", { name: `${year}年新就业形态劳动者工会工作要点` }).click();
      await page.getByRole("heading", { name: "三、做实关心关爱" }).waitFor();
    };
    const openIndicator = async (page, indicator, year) => {
      await openPlan(page, year);
      await page.getByRole("link", { name: indicator, exact: true }).click();
      await page.getByRole("heading", { name: "下级进度" }).waitFor();
    };

    test("a wrong password is answered in words", async () => {
      const context = await program.context();
      const page = await context.newPage();
      await page.goto(program.url);
      await page.getByLabel("用户名").waitFor();
      await page.screenshot({ path: join(SHOTS, "log-in.png") });
      await page.getByLabel("用户名").fill("quzong");
      await page.getByLabel("密码", { exact: true }).fill("wrong");
      await page.getByRole("button", { name: "登 录" }).click();
      await page.getByText("用户名或密码不对").waitFor();
      await context.close();
    });

    test("the region's meals open to as many records as they were counted from", async () => {
      const region = await page("quzong", { width: 1440, height: 900 });
      await region.getByRole("heading", { name: "一个月来的变化" }).waitFor();
      await region.screenshot({ path: join(SHOTS, "home.png") });
      await go(region, "台账");
      const row = region.getByRole("row").filter({ hasText: "爱心餐" });
      await row.waitFor();
      const meals = number((await row.getByRole("cell").nth(3).innerText()).replace(" 份", ""));
      assert.ok(meals > 200 * DAY_OF_YEAR, `${meals} meals`);
      await region.screenshot({ path: join(SHOTS, "ledger.png") });
      await row.getByRole("button").click();
      const total = region.getByText(/^共 [\d,]+ 笔$/);
      await total.waitFor();
      const records = number((await total.innerText()).match(/[\d,]+/)[0]);
      if (records > 50) await region.getByText("再取一页").waitFor();
      const behind = await everyFact(region, `kinds=love_meal&${THIS_YEAR}`);
      assert.equal(behind.length, records);
      assert.equal(
        behind.reduce((sum, fact) => sum + fact.quantity, 0),
        meals,
      );
      await region.screenshot({ path: join(SHOTS, "facts.png") });
    });

    test("the plan's meals are the sum of the leagues', and a league's open to its records", async () => {
      const region = await page("quzong", { width: 1440, height: 900 });
      await openPlan(region);
      await region.screenshot({ path: join(SHOTS, "plan-board.png"), fullPage: true });
      const pressed = region
        .getByRole("navigation", { name: "主菜单" })
        .or(region.getByRole("button", { name: "：账号" }));
      assert.ok(await pressed.first().isVisible());
      await region.emulateMedia({ media: "print" });
      assert.equal(await pressed.filter({ visible: true }).count(), 0, "what is pressed stands on paper");
      for (const read of [".switcher", ".bar"]) assert.ok(await region.locator(read).first().isVisible(), read);
      await region.emulateMedia({ media: "screen" });
      await region.getByRole("link", { name: "爱心餐", exact: true }).click();
      await region.getByRole("heading", { name: "下级进度" }).waitFor();
      await region.getByRole("row").nth(12).waitFor();
      const reached = (place) => place.locator(".bar-words b").allInnerTexts();
      const [whole, ...leagues] = (await reached(region)).map((text) => number(text.replace(" 份", "")));
      assert.equal(leagues.length, 12);
      assert.equal(
        leagues.reduce((sum, one) => sum + one, 0),
        whole,
      );
      await region.screenshot({ path: join(SHOTS, "indicator.png"), fullPage: true });
      await region.getByRole("row").nth(1).getByRole("link").click();
      await region.waitForFunction(
        (before) => ![undefined, before].includes(document.querySelector(".bar-words b")?.textContent),
        `${whole.toLocaleString("en-US")} 份`,
      );
      const first = number((await reached(region))[0].replace(" 份", ""));
      assert.equal(first, leagues[0]);
      await region.getByRole("button", { name: "逐笔记录" }).click();
      await region.getByText(/^共 [\d,]+ 笔$/).waitFor();
      await region.screenshot({ path: join(SHOTS, "indicator-facts.png") });
    });

    test("a target is broken down by head-count and adds up", async () => {
      const region = await page("quzong", { width: 1440, height: 900 });
      await openIndicator(region, "暖心礼包");
      await region.getByRole("button", { name: "分解目标" }).click();
      await region.getByLabel("呼和浩特市总工会的目标").fill("1");
      await region.getByText("有改动尚未下达").waitFor();
      await region.getByRole("button", { name: "下 达" }).click();
      await region.getByText("还有多少没有下达").waitFor();
      await region.getByRole("button", { name: "按在岗人数" }).click();
      await region.getByText("有改动尚未下达").waitFor();
      await region.getByRole("button", { name: "下 达" }).click();
      await region.getByText("下级合计与本级目标一致").waitFor();
      await region.screenshot({ path: join(SHOTS, "breakdown.png") });
    });

    test("who is behind is reminded and answers", async () => {
      const region = await page("quzong", { width: 1440, height: 900 });
      // Of a young year nobody is behind yet.
      await openIndicator(region, "技能培训", ENDED);
      await region.getByLabel("选择包头市总工会").check();
      await region.getByRole("button", { name: /^催办所选/ }).click();
      await said(region, "已催办 1 个单位", () => region.getByRole("button", { name: "发出催办" }).click());
      const city = await page("baotou", { width: 390, height: 844 });
      await city.goto(`${program.url}/reminders`);
      await city.getByRole("button", { name: "回复", exact: true }).click();
      await city.getByLabel("采取的措施").fill("十二月加办两期培训班，覆盖各旗县。");
      await city.getByRole("button", { name: "回复并办结" }).click();
      await city.getByText("没有催办").waitFor();
      await region.goto(`${program.url}/reminders?open=false`);
      await region.getByText("十二月加办两期培训班").waitFor();
      await region.screenshot({ path: join(SHOTS, "reminders.png") });
    });

    test("a payment can't exceed its line, and the report is made", async () => {
      const region = await page("quzong", { width: 1440, height: 900 });
      await openPlan(region);
      await region.getByRole("tab", { name: "经费" }).click();
      await region.getByRole("button", { name: "为爱心餐补贴登记支付" }).click();
      await region.getByLabel("金额").fill("1800000.01");
      await region.getByLabel("收款方").fill("某餐饮服务公司");
      await region.getByRole("button", { name: "登 记" }).click();
      await region.getByText("支付金额超过该项目余额").waitFor();
      await region.screenshot({ path: join(SHOTS, "payment.png") });
      await region.getByLabel("金额").fill("1000.50");
      await region.getByRole("button", { name: "登 记" }).click();
      // 270 yuan were paid before, for last month's meals of a station: in January out of the plan of the year before.
      const paid = IS_JANUARY ? "1,000.50" : "1,270.50";
      await region.getByRole("row").filter({ hasText: "爱心餐补贴" }).getByText(paid).waitFor();
      await region.getByRole("tab", { name: "报告" }).click();
      await region.getByRole("button", { name: "生成报告" }).click();
      await said(region, "报告已生成", () => region.getByRole("button", { name: "生 成", exact: true }).click());
      const letter = region.getByRole("link", { name: "文稿" }).first();
      await letter.waitFor();
      const [file] = await Promise.all([region.waitForEvent("download"), letter.click()]);
      assert.match(file.suggestedFilename(), /\.docx$/);
      await region.screenshot({ path: join(SHOTS, "reports.png") });
    });

    test("a city's officer sees the city and nothing of its neighbour", async () => {
      const city = await page("baotou", { width: 390, height: 844 });
      await city.getByText("包头市总工会").first().waitFor();
      await city.getByRole("button", { name: "打开菜单" }).click();
      await go(city.getByRole("dialog"), "组织");
      await city.getByRole("cell", { name: "包头市总工会" }).first().waitFor();
      assert.equal(await city.getByText("呼和浩特市总工会").count(), 0);
      await city.screenshot({ path: join(SHOTS, "phone.png") });
      const neighbour = await city.request.get(`${program.url}/api/v1/organisations?q=150100`);
      assert.equal((await neighbour.json()).total, 0);
    });
  });
}

// Story 1, as far as it goes: an officer reads a figure of the whole region, goes down the tree, and opens the records.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { start } from "./program.js";

const SHOTS = join(import.meta.dirname, "shots");
mkdirSync(SHOTS, { recursive: true });

const number = (text) => Number(text.replaceAll(",", ""));

const databases = [["SQLite", undefined]];
if (process.env.NIANGJIA_TEST_STORIES) databases.push(["PostgreSQL", process.env.NIANGJIA_TEST_STORIES]);

for (const [name, database] of databases) {
  describe(`a figure and its records on ${name}`, () => {
    let program;
    before(async () => {
      program = await start(database);
    });
    after(() => program?.stop());

    const page = async (username, size) => {
      const context = await program.browser.newContext({ viewport: size, locale: "zh-CN" });
      const page = await context.newPage();
      page.on("pageerror", (error) => assert.fail(error));
      await page.goto(program.url);
      await page.getByLabel("用户名").fill(username);
      await page.getByLabel("密码", { exact: true }).fill("Niangjia-2026");
      await page.getByRole("button", { name: "登 录" }).click();
      await page.getByRole("heading", { name: "待办" }).waitFor();
      return page;
    };

    test("a wrong password is answered in words", async () => {
      const context = await program.browser.newContext({ locale: "zh-CN" });
      const page = await context.newPage();
      await page.goto(program.url);
      await page.screenshot({ path: join(SHOTS, "log-in.png") });
      await page.getByLabel("用户名").fill("quzong");
      await page.getByLabel("密码", { exact: true }).fill("wrong");
      await page.getByRole("button", { name: "登 录" }).click();
      await page.getByText("用户名或密码不对").waitFor();
      await context.close();
    });

    test("the region's meals open to as many records as they were counted from", async () => {
      const region = await page("quzong", { width: 1440, height: 900 });
      await region.screenshot({ path: join(SHOTS, "home.png") });
      await region.getByRole("link", { name: "台账" }).click();
      const row = region.getByRole("row").filter({ hasText: "爱心餐" });
      await row.waitFor();
      const meals = number(await row.getByRole("cell").nth(3).innerText());
      assert.ok(meals > 10_000, `${meals} meals`);
      await region.screenshot({ path: join(SHOTS, "ledger.png") });
      await row.getByRole("button").click();
      const total = region.getByText(/^共 [\d,]+ 笔$/);
      await total.waitFor();
      const records = number((await total.innerText()).match(/[\d,]+/)[0]);
      assert.equal(records, 16_000);
      await region.getByText("再取一页").waitFor();
      await region.screenshot({ path: join(SHOTS, "facts.png") });
    });

    test("a city's officer sees the city and nothing of its neighbour", async () => {
      const city = await page("baotou", { width: 390, height: 844 });
      await city.getByText("包头市总工会").first().waitFor();
      await city.getByRole("button", { name: "打开菜单" }).click();
      await city.getByRole("link", { name: "组织" }).click();
      await city.getByRole("cell", { name: "包头市总工会" }).first().waitFor();
      assert.equal(await city.getByText("呼和浩特市总工会").count(), 0);
      await city.screenshot({ path: join(SHOTS, "phone.png") });
      const neighbour = await city.request.get(`${program.url}/api/v1/organisations?q=150100`);
      assert.equal((await neighbour.json()).total, 0);
    });
  });
}

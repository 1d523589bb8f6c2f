// Story 8: figures of how stations are used open the records that make them up, which are taken away and add up to them; and
// the wall tells since when its figures are old while the server is away.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { dialog, enter, go, shot } from "./desk.js";
import { openStation, post } from "./interface.js";
import { person } from "./people.js";
import { on, start } from "./program.js";
import { dayAfter } from "./today.js";

const NAME = "东河统计驿站";
/** Today's figures, as the address asks for them. */
const ASKED = `from=${dayAfter(0)}&to=${dayAfter(0)}`;
const number = (text) => Number(text.replaceAll(",", "").match(/\d+/)?.[0]);

for (const database of on("SQLite")) {
  describe(`how stations are used on ${database}`, () => {
    let program;
    let page;
    let station;

    before(async () => {
      program = await start(database);
      page = await enter(program, "baotou");
      station = await openStation(program, page, { code: "S-971", name: NAME, address: "东河区和平路71号" }, [
        person(871),
      ]);
    });
    after(() => program?.stop());

    /** Writes down people of a group who came today soon after midnight, or were served. */
    const came = (quantity, more = {}) =>
      post(program, page, `/stations/${station.id}/entries`, {
        day: dayAfter(0),
        hour: 0,
        group: "courier",
        quantity,
        reason: "纸质登记表",
        ...more,
      });
    const records = () => page.getByRole("dialog").filter({ hasText: "逐笔记录" });
    /** Opens a figure; answers what it says and how many records stand behind it. */
    const opened = async (figure) => {
      const value = number((await figure.getAttribute("aria-label")).split("：")[1]);
      await figure.click();
      const total = records().getByText(/^共 [\d,]+ 条$/);
      await total.waitFor();
      await records()
        .getByText(`合计 ${value.toLocaleString("en")} 人次`)
        .waitFor();
      return [value, number(await total.innerText())];
    };
    const close = async () => {
      await page.keyboard.press("Escape");
      await records().waitFor({ state: "detached" });
    };
    /** What the file of the records that stand open adds up to, by its rows. */
    const takenAway = async () => {
      await records().getByRole("button", { name: "导出表格" }).click();
      const window = dialog(page, "格式").last();
      await window.getByText("CSV").click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        window.getByRole("button", { name: /导\s*出$/ }).click(),
      ]);
      const lines = readFileSync(await file.path(), "utf8")
        .split(/\r?\n/)
        .slice(1);
      const rows = lines.filter((line) => /^\d{4}-/.test(line)).map((line) => line.split(","));
      return [rows.reduce((sum, row) => sum + Number(row.at(-1)), 0), rows.length];
    };

    test("what is written down stands in the figures at once, and each opens just what makes it up", async () => {
      // Soon after midnight nobody has come yet, and a day without records has no figures to open.
      await came(3);
      await go(page, "使用情况");
      await page.getByText("近30天").waitFor();
      await page.goto(`${program.url}/station-use?${ASKED}`);
      const all = page.getByRole("button", { name: /^到站：/ });
      await all.waitFor();
      const before = number((await all.getAttribute("aria-label")).split("：")[1]);
      for (const quantity of [4, 7]) await came(quantity);
      await came(2, { service: "haircut" });
      await page.reload();
      const [value, listed] = await opened(page.getByRole("button", { name: /^到站：/ }));
      assert.equal(value, before + 11);
      assert.ok(listed > 2, `${listed}`);
      await shot(page, "station-use-records");
      assert.deepEqual(await barriers(page, "records of use"), []);
      await close();
      await shot(page, "station-use");
      assert.deepEqual(await barriers(page, "figures of use"), []);
    });

    test("ten stations stand above the figures, and the others come when they are asked for", async () => {
      const ranked = page.getByRole("region", { name: "驿站排行" }).locator("tbody tr[data-row-key]");
      await page.waitForFunction(
        () => document.querySelectorAll("[aria-label=驿站排行] tbody tr[data-row-key]").length === 10,
      );
      const eleventh = ranked.nth(10).getByRole("link").first();
      await page.getByRole("button", { name: /^显示全部 \d+ 个$/ }).press("Enter");
      await eleventh.waitFor();
      assert.ok((await ranked.count()) > 10);
      // Whoever uses keys goes on at the first that came.
      await page.waitForFunction(() => document.activeElement?.closest("tr")?.rowIndex > 9);
      await eleventh.press("Enter");
      await page.waitForURL(/\/stations\/\d+/);
      await page.goBack();
      await page.getByRole("button", { name: "只显示前 10 个" }).click();
      await page.getByRole("button", { name: /^显示全部 \d+ 个$/ }).waitFor();
      assert.equal(await ranked.count(), 10);
      assert.ok(page.url().endsWith(`/station-use?${ASKED}`), page.url());
      await shot(page, "station-use-ten");
      assert.deepEqual(await barriers(page, "ten stations"), []);
    });

    test("the file of a figure adds up to it, and whoever comes back finds page and filters as he left them", async () => {
      // Late in the day others are used more.
      await page.getByRole("button", { name: /^显示全部 \d+ 个$/ }).click();
      const figure = page.getByRole("button", { name: new RegExp(`^${NAME}到站：14人次`) });
      assert.deepEqual(await opened(figure), [14, 3]);
      assert.deepEqual(await takenAway(), [14, 3]);
      await close();
      assert.ok(await figure.evaluate((one) => one === document.activeElement));
      assert.deepEqual(await opened(page.getByRole("button", { name: new RegExp(`^${NAME}服务：2人次`) })), [2, 1]);
      await records().getByRole("link", { name: NAME }).click();
      await page.getByRole("heading", { name: NAME }).waitFor();
      // Back leads to the records that stood open, and one step further to the figures.
      await page.goBack();
      await records()
        .getByText(/合计 2 人次/)
        .waitFor();
      await close();
      await figure.waitFor();
      assert.ok(page.url().endsWith(`/station-use?${ASKED}&all=true`), page.url());
      assert.equal(await page.getByPlaceholder("自选日期从").inputValue(), dayAfter(0));
      const [value, listed] = await opened(page.getByRole("button", { name: /^0时：/ }));
      assert.deepEqual(await takenAway(), [value, listed]);
      await close();
    });

    test("the wall keeps its figures while the server is away, tells since when, and catches up by itself", async () => {
      const wall = await (await program.context({ viewport: { width: 1920, height: 1080 } })).newPage();
      await wall.context().addCookies(await page.context().cookies());
      await wall.goto(`${program.url}/screen/stations/${station.organisation_id}`);
      const today = wall.getByRole("region", { name: "今天" });
      const visits = async () => number(await today.locator(".number").innerText());
      const state = wall.getByRole("status");
      await state.getByText("每15秒更新").waitFor();
      await today.getByText("现在开放").waitFor();
      const before = await visits();
      await wall.route("**/api/v1/stations/use?*", (route) => route.abort());
      await state.getByText(/^网络中断，正在重连；数字截至 \d{4}年\d+月\d+日 \d\d:\d\d$/).waitFor();
      assert.equal(await visits(), before);
      await shot(wall, "stations-wall-old");
      assert.deepEqual(await barriers(wall, "a wall whose figures are old"), []);
      await came(6);
      await wall.unroute("**/api/v1/stations/use?*");
      await state.getByText("每15秒更新").waitFor();
      await today.getByText((before + 6).toLocaleString("en"), { exact: true }).waitFor();
      await wall.context().close();
    });
  });
}

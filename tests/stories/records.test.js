// What is on record and how it is put right: a service is written down and taken back, two records become one person, a
// value brings its file, a branch gets its union, a region its own holiday.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { choose, dialog, enter, go, pickDay, said, shot } from "./desk.js";
import { get } from "./interface.js";
import { person } from "./people.js";
import { on, start } from "./program.js";
import { ENDED } from "./today.js";

const number = (text) => (text.trim() === "—" ? 0 : Number(text.replaceAll(",", "")));

for (const database of on("PostgreSQL")) {
  describe(`records and their correction on ${database}`, () => {
    let program;
    before(async () => {
      program = await start(database);
    });
    afterEach(() => program?.leave());
    after(() => program?.stop());

    /** The figures of a kind on the ledger: person-times, people, things, net growth, money. */
    const figures = async (page, kind) => {
      const cells = await page.getByRole("main").getByRole("row").filter({ hasText: kind }).getByRole("cell").allInnerTexts();
      return cells.slice(1).map(number);
    };

    test("a service is recorded, opens to its record, goes into a file, and is taken back", async () => {
      const page = await enter(program, "baotou");
      await go(page, "台账");
      await page.getByRole("row").filter({ hasText: "走访慰问" }).waitFor();
      const before = await figures(page, "走访慰问");
      await page.getByRole("button", { name: "登记服务" }).click();
      const form = dialog(page, "登记服务");
      await choose(page, form.getByLabel("服务", { exact: true }), "走访慰问");
      // As keyboards write digits that stand at full width.
      await form.getByRole("spinbutton").fill("３");
      await form.getByLabel("金额").fill("５００.５０");
      await form.getByText("写明服务对象").click();
      await form.getByLabel("姓名").fill(person(901).name);
      await form.getByLabel("证件号码").fill("150203199001010011");
      await form.getByRole("button", { name: "登 记" }).click();
      await form.getByText("号码的校验位不符").waitFor();
      await form.getByLabel("证件号码").fill(person(901).number);
      await said(page, "已记入台账", () => form.getByRole("button", { name: "登 记" }).click());
      const grown = await expectFigures(page, "走访慰问", (now) => now[0] === before[0] + 3);
      assert.deepEqual(grown, [before[0] + 3, before[1] + 1, before[2], before[3], before[4] + 500.5]);

      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "导出表格" }).click();
      await dialog(page, "导出表格").getByRole("button", { name: "导 出" }).click();
      assert.match((await download).suggestedFilename(), /\.xlsx$/);

      await page.getByRole("row").filter({ hasText: "走访慰问" }).getByRole("button").click();
      const first = page.getByRole("dialog").getByRole("row").nth(1);
      await first.getByText("500.50").waitFor();
      await first.getByRole("button", { name: "冲销" }).click();
      const back = dialog(page, "冲销：走访慰问 3 人次");
      await back.getByLabel("原因").fill("重复登记");
      await said(page, "已冲销，相关数字已随之改变", () => back.getByRole("button", { name: "冲 销" }).click());
      await page.getByText("冲销：重复登记").waitFor();
      await shot(page, "taken-back");
      await page.locator(".ant-drawer-close").click();
      await page.locator(".ant-drawer-mask").waitFor({ state: "detached" });
      assert.deepEqual(await expectFigures(page, "走访慰问", (now) => now[0] === before[0]), before);

      // What a programme wrote is put right there, not here.
      await page.getByRole("row").filter({ hasText: "新入会" }).getByRole("button").click();
      await page.getByRole("dialog").getByRole("row").nth(1).waitFor();
      assert.equal(await page.getByRole("dialog").getByRole("button", { name: "冲销" }).count(), 0);
    });

    /** Waits until the figures of a kind are as they should be, and answers them. */
    const expectFigures = async (page, kind, right) => {
      for (let tries = 0; tries < 100; tries += 1) {
        const now = await figures(page, kind);
        if (right(now)) return now;
        await page.waitForTimeout(100);
      }
      return figures(page, kind);
    };

    test("two records of one person become one", async () => {
      const page = await enter(program, "quzong");
      await go(page, "疑似重复");
      const total = page.getByRole("status").filter({ hasText: "组" });
      await total.waitFor();
      const before = number((await total.innerText()).replace(/\D/g, ""));
      await page.getByRole("button", { name: /^合并/ }).first().click();
      const form = dialog(page, "合并为一份档案");
      await form.getByRole("button", { name: "合 并" }).click();
      await form.getByText("请填写合并原因").waitFor();
      await form.getByLabel("合并原因").fill("换发证件后又登记了一次");
      await said(page, "已合并", () => form.getByRole("button", { name: "合 并" }).click());
      await page.getByText(`共 ${before - 1} 组`).waitFor();
    });

    test("a value that nobody can count brings the file that proves it", async () => {
      const page = await enter(program, "quzong");
      await go(page, "计划与进度");
      await page.getByRole("button", { name: "新建计划" }).click();
      const plan = dialog(page, "新建计划");
      await plan.getByLabel("计划名称").fill("阵地建设计划");
      await plan.getByLabel("年度").fill("2025");
      await plan.getByRole("button", { name: "保 存" }).click();
      await page.getByRole("button", { name: "新增指标" }).click();
      const indicator = dialog(page, "新增指标");
      await indicator.getByLabel("指标名称").fill("命名示范驿站");
      await choose(page, indicator.getByLabel("数字从哪里来"), "手工填报");
      await indicator.getByLabel("计量单位").fill("个");
      await indicator.getByLabel("目标", { exact: true }).fill("20");
      await indicator.getByRole("button", { name: "保 存" }).click();
      await page.getByRole("row").filter({ hasText: "命名示范驿站" }).waitFor();
      await page.getByRole("button", { name: "发 布" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "发 布" }).click();
      await page.getByRole("button", { name: "看进度" }).click();
      await page.getByRole("link", { name: "命名示范驿站" }).click();
      await page.getByRole("button", { name: "填 报" }).click();
      const form = dialog(page, "填报：");
      await form.getByLabel("截至当日的累计数").fill("12");
      await pickDay(form.getByLabel("截至日期"), "2025-12-31");
      await form.getByLabel("依据（文件名、文号、存放处）").fill("内工办发〔2026〕21号");
      const chooser = page.waitForEvent("filechooser");
      await form.getByRole("button", { name: "选择文件" }).click();
      const pdf = { name: "通报.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 通报") };
      await (await chooser).setFiles(pdf);
      await form.getByText("通报.pdf").waitFor();
      await said(page, "已填报", () => form.getByRole("button", { name: "保 存" }).click());
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "通报.pdf" }).click();
      assert.equal((await download).suggestedFilename(), "通报.pdf");
      await shot(page, "evidence");
    });

    test("a branch gets its union", async () => {
      const page = await enter(program, "baotou");
      await page.goto(`${program.url}/branches?has_union=false`);
      const total = page.getByRole("status").filter({ hasText: "家" });
      await total.waitFor();
      const before = number((await total.innerText()).replace(/\D/g, ""));
      await page.getByRole("button", { name: /^修改/ }).first().click();
      const form = dialog(page, "修改：");
      await pickDay(form.getByLabel("建会日期"), "2026-10-01");
      await form.getByRole("button", { name: "保 存" }).click();
      await page.getByText(`共 ${before - 1} 家`).waitFor();
    });

    test("a region has a holiday of its own", async () => {
      const page = await enter(program, "system");
      await go(page, "工作日历");
      await page.locator(".ant-segmented-item").filter({ hasText: "内蒙古自治区总工会" }).click();
      await page.waitForURL(/of=region/);
      await page.getByRole("button", { name: "7月6日" }).click();
      const form = dialog(page, "设定放假或上班");
      await form.getByLabel("节日名称").fill("那达慕");
      await form.getByRole("button", { name: "保 存" }).click();
      await page.getByRole("button", { name: "7月6日，那达慕放假" }).waitFor();
      await shot(page, "calendar");
      await page.getByText("全国", { exact: true }).click();
      await page.getByRole("button", { name: "7月6日", exact: true }).waitFor();
      await page.goto(`${program.url}/calendar?year=2028`);
      await page.getByText("2028年的放假安排还没有载入").waitFor();
    });

    test("a quarter that was handed up takes no more records until it is given back", async () => {
      const page = await enter(program, "baotou");
      const key = async (name) => {
        return (await get(program, page, `/organisations?q=${name}`)).items[0].id;
      };
      const [city, county] = [await key("包头市总工会"), await key("固阳县总工会")];
      await page.goto(`${program.url}/quarters?organisation=${county}`);
      await page.getByRole("button", { name: `报送固阳县总工会${ENDED}年第一季度` }).click();
      await page.getByRole("dialog").getByRole("button", { name: "报 送" }).click();
      await page.getByText("已报送，待审定").waitFor();

      const record = async () => {
        await page.goto(`${program.url}/ledger?organisation=${county}`);
        await page.getByRole("button", { name: "登记服务" }).click();
        const form = dialog(page, "登记服务");
        await choose(page, form.getByLabel("服务", { exact: true }), "爱心餐");
        await pickDay(form.getByLabel("日期"), `${ENDED}-02-03`);
        await form.getByRole("button", { name: "登 记" }).click();
        return form;
      };
      const refused = await record();
      await refused.getByText(`“固阳县总工会”${ENDED}年第一季度的数据已报送或审定`).waitFor();

      await page.goto(`${program.url}/quarters?organisation=${city}`);
      const row = page.getByRole("row").filter({ hasText: "固阳县总工会" });
      await row.getByRole("button", { name: `审定固阳县总工会${ENDED}年第一季度` }).click();
      await page.getByRole("dialog").getByRole("button", { name: "审 定" }).click();
      await row.getByText("已审定").waitFor();
      await shot(page, "quarters");
      await row.getByRole("button", { name: `退回固阳县总工会${ENDED}年第一季度` }).click();
      const back = dialog(page, "退回：固阳县总工会");
      await back.getByLabel("退回原因").fill("漏报爱心餐");
      await back.getByRole("button", { name: "退 回" }).click();
      await row.getByText("漏报爱心餐").waitFor();
      await said(page, "已记入台账", record);
    });
  });
}

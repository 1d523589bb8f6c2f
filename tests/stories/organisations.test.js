// The tree has dates: a union is founded, gets another place, and closes; what it was remains to be read.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { choose, dialog, enter, find, go, pickDay, said, shot } from "./desk.js";
import { on, start } from "./program.js";

/** Three unions, the second of them below the first. */
const TABLE = `代码,名称,类别,级别,上级代码
TB-1,白云路街道快递行业工会,区域（行业）工会联合会,乡镇街道,
TB-2,白云路顺风速递工会,基层工会,基层,TB-1
TB-3,白云路快递驿站工会,联合基层工会,基层,
`;

for (const database of on("SQLite")) {
  describe(`a union's place on ${database}`, () => {
    let program;
    before(async () => {
      program = await start(database);
    });
    afterEach(() => program?.leave());
    after(() => program?.stop());

    test("a union is founded, moved with its day, corrected, and closed", async () => {
      const page = await enter(program, "system");
      await go(page, "组织");
      await page.getByRole("searchbox", { name: "名称或代码" }).fill("固阳县总工会");
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: "固阳县总工会", exact: true }).click();
      await page.getByRole("heading", { name: "固阳县总工会" }).waitFor();
      await page.getByRole("button", { name: "新建下级" }).click();
      const form = dialog(page, "下新建");
      await form.getByLabel("名称").fill("固阳县金山快递联合工会");
      await form.getByRole("button", { name: "保 存" }).click();
      await form.getByText("请填写代码").waitFor();
      await form.getByLabel("代码", { exact: true }).fill("JS-0001");
      await pickDay(form.getByLabel("成立日期"), "2026-01-05");
      await form.getByRole("button", { name: "保 存" }).click();
      const heading = page.getByRole("heading", { name: "固阳县金山快递联合工会" });
      await heading.waitFor();
      const trail = page.getByRole("navigation", { name: "所在位置" });
      await trail.getByRole("link", { name: "固阳县总工会" }).waitFor();

      await page.getByRole("button", { name: "组织变更" }).click();
      await page.getByRole("menuitem", { name: "划转" }).click();
      const move = dialog(page, "划转：固阳县金山快递联合工会");
      await find(page, move.getByLabel("新的上级"), "石拐区总工会");
      await move.getByRole("button", { name: "划 转" }).click();
      await trail.getByRole("link", { name: "石拐区总工会" }).waitFor();
      const places = page.getByRole("row").filter({ hasText: "固阳县总工会" });
      await places.getByText("2026年1月5日").waitFor();
      await shot(page, "organisation");

      await page.getByRole("button", { name: "修 改" }).click();
      const change = dialog(page, "修改：固阳县金山快递联合工会");
      assert.equal(await change.getByLabel("代码", { exact: true }).inputValue(), "JS-0001");
      await change.getByLabel("联系电话").fill("0472-8111111");
      await change.getByRole("button", { name: "保 存" }).click();
      await page.getByText("0472-8111111").waitFor();

      await page.getByRole("button", { name: "组织变更" }).click();
      await page.getByRole("menuitem", { name: "撤销" }).click();
      await dialog(page, "撤销：固阳县金山快递联合工会").getByRole("button", { name: "撤 销" }).click();
      await page.getByText(/^\d{4}年\d+月\d+日撤销或合并$/).waitFor();
      assert.equal(await page.getByRole("button", { name: "组织变更" }).count(), 0);
    });

    test("a union is founded on paper step by step, and a mistake is taken back", async () => {
      const page = await enter(program, "quzong");
      await page.goto(`${program.url}/organisations?q=${encodeURIComponent("联合工会")}`);
      await page.getByRole("row").filter({ hasText: /第\d+联合工会/ }).first().getByRole("link").first().click();
      await page.getByText(/还没有填写：/).waitFor();
      const steps = page.getByRole("region", { name: "组建与换届" });
      await steps.getByText("还没有登记").waitFor();
      const enterStep = async (step, day, fill) => {
        await steps.getByRole("button", { name: "登记步骤" }).click();
        const form = dialog(page, "登记步骤");
        if (step) await choose(page, form.getByLabel("步骤"), step);
        await pickDay(form.getByLabel("文件或选举日期"), day);
        await fill?.(form);
        return form;
      };
      const send = async (form) => {
        await form.getByRole("button", { name: "登 记" }).click();
        await form.waitFor({ state: "detached" });
      };
      await send(await enterStep(undefined, "2026-01-05"));
      await send(await enterStep("请示", "2026-01-06", (form) => form.getByLabel("文号").fill("固工请〔2026〕1号")));
      await send(await enterStep("批复筹建", "2026-01-08", (form) => form.getByLabel("文号").fill("固工发〔2026〕2号")));
      const election = await enterStep("选举", "2026-01-20", async (form) => {
        await form.getByLabel("当选主席").fill("其其格");
        await form.getByLabel("应到人数").fill("30");
        await form.getByLabel("实到人数").fill("19");
      });
      await election.getByRole("button", { name: "登 记" }).click();
      await election.getByText("实到不足应到的三分之二（至少 20 人），选举无效。").first().waitFor();
      await shot(page, "founding-step");
      await election.getByLabel("实到人数").fill("20");
      await send(election);
      await steps.getByText(/主席 其其格/).waitFor();
      await shot(page, "founding");
      await steps.getByRole("button", { name: "撤回上一步" }).click();
      const back = dialog(page, "撤回上一步");
      await back.getByLabel("原因").fill("日期填错");
      await back.getByRole("button", { name: "撤回上一步" }).click();
      await steps.getByText("选举（已撤回）").waitFor();
      await page.setViewportSize({ width: 390, height: 844 });
      await shot(page, "founding-phone");
    });

    test("a table founds unions once each of its rows is right", async () => {
      const page = await enter(program, "system");
      await go(page, "组织");
      await page.getByRole("button", { name: "从表格建立" }).click();
      const form = dialog(page, "从表格建立组织");
      const send = async (text) => {
        const file = { name: "组织.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
        await form.locator("input[type=file]").setInputFiles(file);
        await form.getByRole("button", { name: "建 立" }).click();
      };
      await send(TABLE.replace("联合基层工会", "驿站工会"));
      await form.getByText("第4行：“类别”应为").first().waitFor();
      await form.getByText("下载标出问题的表格").waitFor();
      await shot(page, "organisations-table");
      await said(page, "已建立 3 个组织", () => send(TABLE));
      await form.waitFor({ state: "hidden" });
      await page.getByRole("searchbox", { name: "名称或代码" }).fill("TB-");
      await page.keyboard.press("Enter");
      await page.getByRole("row").filter({ hasText: "TB-3" }).waitFor();
      await page.getByRole("link", { name: "白云路顺风速递工会" }).click();
      const trail = page.getByRole("navigation", { name: "所在位置" });
      await trail.getByRole("link", { name: "白云路街道快递行业工会" }).waitFor();
    });

    test("who may not change the tree reads it", async () => {
      const page = await enter(program, "baotou");
      await page.goto(`${program.url}/organisations?level=county`);
      await page.getByRole("link", { name: "固阳县总工会", exact: true }).click();
      await page.getByRole("heading", { name: "下级组织" }).waitFor();
      assert.equal(await page.getByRole("button", { name: "新建下级" }).count(), 0);
      assert.equal(await page.getByRole("button", { name: "组织变更" }).count(), 0);
    });
  });
}

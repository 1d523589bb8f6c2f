// Around the stories: whoever comes in changes the password, a role and an account open just what they should, a token is
// made and taken back, and a plan is drafted, published and paid from, with a payment that was wrong.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import * as desk from "./desk.js";
import { choose, dialog, FIRST, go, said, shot } from "./desk.js";
import { on, start } from "./program.js";

for (const database of on("SQLite")) {
  describe(`accounts, tokens and a new plan on ${database}`, () => {
    let program;
    before(async () => {
      program = await start(database);
    });
    afterEach(() => program?.leave());
    after(() => program?.stop());

    const open = (username, password) => desk.open(program, username, password);
    const enter = (username, password) => desk.enter(program, username, password);
    const change = async (page, old, next) => {
      await page.getByRole("button", { name: "：账号" }).click();
      await page.getByText("修改密码").first().click();
      const form = dialog(page, "修改密码");
      await form.getByLabel("现在的密码").fill(old);
      await form.getByLabel("新密码", { exact: true }).fill(next);
      await form.getByLabel("再填一次新密码").fill(next);
      await form.getByRole("button", { name: "保 存" }).click();
      return form;
    };

    test("a password is changed, and the old one is neither taken nor come back to", async () => {
      const page = await enter("leader");
      await said(page, "密码已修改", () => change(page, FIRST, "Caoyuan-7788"));
      const refused = await open("leader");
      await refused.getByText("用户名或密码不对").waitFor();
      const again = await enter("leader", "Caoyuan-7788");
      const form = await change(again, "Caoyuan-7788", FIRST);
      await form.getByText(/最近.*密码/).first().waitFor();
      await shot(again, "password");
    });

    test("a role and an account open what they should, and no more", async () => {
      const security = await enter("security");
      await go(security, "角色");
      await security.getByRole("button", { name: "新建角色" }).click();
      const role = dialog(security, "新建角色");
      await role.getByLabel("名称").fill("台账查看员");
      await choose(security, role.getByLabel("权限"), "查看数据与服务台账");
      await role.getByRole("button", { name: "保 存" }).click();
      await security.getByRole("row").filter({ hasText: "台账查看员" }).waitFor();
      const own = security.getByRole("row").filter({ hasText: "您担任的角色" });
      await own.getByRole("button", { name: "修改" }).click();
      await dialog(security, "修改角色：安全管理员").getByText("请另建一个角色").waitFor();
      await security.keyboard.press("Escape");
      await dialog(security, "修改角色：安全管理员").waitFor({ state: "hidden" });
      await go(security, "账号");
      await security.getByRole("button", { name: "新建账号" }).click();
      const account = dialog(security, "新建账号");
      await account.getByLabel("用户名").fill("chakan");
      await account.getByLabel("初始密码").fill("Chushi-2026-a");
      await account.getByLabel("姓名").fill("查看员");
      await choose(security, account.getByLabel("角色"), "台账查看员");
      await account.getByRole("button", { name: "保 存" }).click();
      await security.getByRole("row").filter({ hasText: "chakan" }).filter({ hasText: "从未登录" }).waitFor();
      await shot(security, "accounts");

      const viewer = await open("chakan", "Chushi-2026-a");
      await desk.chooseOwn(viewer, "Chakan-2026-b");
      await viewer.getByRole("link", { name: "台账", exact: true }).waitFor();
      const menu = viewer.getByRole("navigation", { name: "主菜单" }).getByRole("link");
      assert.deepEqual(await menu.allInnerTexts(), ["首页", "台账"]);
      await viewer.goto(`${program.url}/accounts`);
      await viewer.getByText("您没有打开这个页面的权限").waitFor();
      assert.equal((await viewer.request.get(`${program.url}/api/v1/accounts`)).status(), 403);

      await security.getByRole("row").filter({ hasText: "chakan" }).getByRole("button", { name: "停用" }).click();
      await security.getByRole("dialog").getByRole("button", { name: "确 定" }).click();
      const stopped = security.getByRole("row").filter({ hasText: "chakan" }).filter({ hasText: /\d日 \d\d:\d\d/ });
      await stopped.getByRole("button", { name: "启用" }).waitFor();
      assert.equal((await viewer.request.get(`${program.url}/api/v1/session`)).status(), 401);
    });

    test("the audit tells what was given in words", async () => {
      const auditor = await enter("audit");
      await go(auditor, "审计");
      await auditor.getByLabel("人员、事项或编号").fill("chakan");
      await auditor.keyboard.press("Enter");
      const row = auditor.getByRole("row").filter({ hasText: "新建账号" });
      await row.getByRole("button", { name: "展开行" }).click();
      // The union that the account is of stands there by its name.
      await auditor.locator("dl.told").getByText(/组织 [^\d]/).waitFor();
      await shot(auditor, "audit-detail");
    });

    test("a rule is found by a word of its name", async () => {
      const page = await enter("system");
      await go(page, "规则");
      await page.getByRole("row").filter({ hasText: "导出文件的保存期限" }).waitFor();
      await page.getByLabel("规则名称或依据").fill("免批准");
      await page.keyboard.press("Enter");
      await page.getByText("共 1 条").waitFor();
      await page.getByRole("row").filter({ hasText: "每人每天导出个人信息免批准的最多行数" }).waitFor();
      await shot(page, "rules");
    });

    test("a token calls the interface until it is taken back", async () => {
      const security = await enter("security");
      await go(security, "接口令牌");
      await security.getByRole("button", { name: "新建令牌" }).click();
      const form = dialog(security, "新建令牌");
      await form.getByLabel("用途").fill("数据对接试验");
      await choose(security, form.getByLabel("角色"), "只读领导");
      await form.getByRole("button", { name: "保 存" }).click();
      const told = dialog(security, "请现在复制");
      const secret = (await told.locator(".ant-typography").innerText()).trim();
      await told.getByRole("button", { name: "知道了" }).click();
      const call = async () => {
        const headers = { authorization: `Bearer ${secret}` };
        return (await fetch(`${program.url}/api/v1/organisations?limit=1`, { headers })).status;
      };
      assert.equal(await call(), 200);
      const row = security.getByRole("row").filter({ hasText: "数据对接试验" });
      await row.getByRole("button", { name: "收回" }).click();
      await security.getByRole("dialog").getByRole("button", { name: "收 回" }).click();
      await row.waitFor({ state: "detached" });
      assert.equal(await call(), 401);
    });

    test("a plan is drafted and published, and a wrong payment is taken back", async () => {
      const page = await enter("baotou");
      await go(page, "计划与进度");
      await page.getByRole("button", { name: "新建计划" }).click();
      const plan = dialog(page, "新建计划");
      await plan.getByLabel("计划名称").fill("专项行动试点计划");
      await plan.getByRole("button", { name: "保 存" }).click();
      await page.getByRole("heading", { name: "编制：专项行动试点计划" }).waitFor();
      await page.getByRole("button", { name: "新增指标" }).click();
      const indicator = dialog(page, "新增指标");
      await indicator.getByLabel("指标名称").fill("夏送清凉");
      await choose(page, indicator.getByLabel("台账事项"), "爱心餐");
      await choose(page, indicator.getByLabel("计数方式"), "件（份）");
      await indicator.getByLabel("目标", { exact: true }).fill("1200");
      await indicator.getByRole("button", { name: "保 存" }).click();
      await page.getByRole("row").filter({ hasText: "夏送清凉" }).getByText("1,200").waitFor();
      await page.getByRole("button", { name: "发 布" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "发 布" }).click();
      await page.getByText("已发布").waitFor();
      await page.getByRole("button", { name: "看进度" }).click();
      await page.getByRole("link", { name: "夏送清凉" }).waitFor();
      await page.getByRole("tab", { name: "经费" }).click();
      await page.getByRole("button", { name: "新增经费项目" }).click();
      const line = dialog(page, "新增经费项目");
      await line.getByLabel("项目名称").fill("清凉物资");
      await line.getByLabel("预算").fill("5000");
      await line.getByRole("button", { name: "保 存" }).click();
      await page.getByRole("button", { name: "为清凉物资登记支付" }).click();
      const pay = dialog(page, "登记支付：清凉物资");
      await pay.getByLabel("金额").fill("800.50");
      await pay.getByLabel("收款方").fill("某饮品公司");
      await pay.getByRole("button", { name: "登 记" }).click();
      const row = page.getByRole("row").filter({ hasText: "清凉物资" });
      await row.getByText("4,199.50").waitFor();
      await page.getByRole("button", { name: "清凉物资的支付记录" }).click();
      await page.getByRole("button", { name: /^冲\s?销/ }).click();
      const back = dialog(page, "冲销支付：某饮品公司");
      await back.getByLabel("原因").fill("收款方填错");
      await back.getByRole("button", { name: "冲 销" }).click();
      await page.getByText("已冲销：收款方填错").waitFor();
      await shot(page, "reversed");
      await page.keyboard.press("Escape");
      await row.getByText("5,000.00").nth(1).waitFor();
    });
  });
}

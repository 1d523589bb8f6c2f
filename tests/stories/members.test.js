// A membership from the desk on: taken down without a phone, which the desk binds after a look at the paper, paused while
// papers are awaited, approved and counted, declined and then taken over by another union; and the member who asks about his
// own data reads that the answer waits, and what an officer answered.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { choose, DESK, dialog, enter, find, go, said, shot } from "./desk.js";
import { get } from "./interface.js";
import { person } from "./people.js";
import { codeOf, PHONE } from "./phone.js";
import { on, start } from "./program.js";
import { THIS_YEAR } from "./today.js";

const WHO = person(910);
const OLD = "和平路街道快递网点第1联合工会";
const NEW = "财神庙街道物业服务第1联合工会";

for (const database of on("SQLite")) {
  describe(`a membership from the desk on, on ${database}`, () => {
    let program;
    let member;
    before(async () => {
      program = await start(database);
    });
    afterEach(() => program?.leave());
    after(() => program?.stop());

    /** How many people joined, as the ledger counts them. */
    const joined = async (page) => {
      const organisation = (await get(program, page, "/session")).organisations[0].id;
      const query = `organisation=${organisation}&by=kind&kinds=member_joined&${THIS_YEAR}`;
      const figures = await get(program, page, `/figures?${query}`);
      return figures.items[0].people;
    };

    test("an application is taken at the desk, paused for papers, approved, and counted once", async () => {
      const page = await enter(program, "baotou");
      const before = await joined(page);
      await go(page, "会员");
      await page.getByRole("button", { name: "代录入会申请" }).click();
      const form = dialog(page, "代录入会申请");
      await form.getByLabel("姓名").fill(WHO.name);
      await form.getByLabel("证件号码").fill(WHO.number);
      await choose(page, form.getByLabel("职工群体"), "快递员");
      await find(page, form.getByLabel("加入的工会"), OLD);
      await form.getByRole("button", { name: "提交申请" }).click();
      await page.waitForURL(/\/members\/[^/?]+$/);
      await page.getByText("待审批").waitFor();
      member = page.url();
      assert.equal(await joined(page), before);

      await page.getByRole("button", { name: "登记手机" }).click();
      const paper = dialog(page, "登记手机：");
      await paper.getByLabel("证件号码").fill(person(911).number);
      await paper.getByLabel("本人手机号码").fill(WHO.phone);
      await paper.getByRole("button", { name: "登记手机" }).click();
      await paper.getByText("与档案里登记的证件号码不一致").first().waitFor();
      await shot(page, "bind-phone");
      await paper.getByLabel("证件号码").fill(WHO.number);
      await said(page, "本人现在可以扫码入会", () => paper.getByRole("button", { name: "登记手机" }).click());
      await page.getByText(`${WHO.phone.slice(0, 3)}****${WHO.phone.slice(-4)}`).first().waitFor();

      await page.getByRole("button", { name: "暂停办理" }).click();
      const pause = dialog(page, "暂停办理");
      await pause.getByLabel("原因").fill("等待补交证件照片");
      await pause.getByRole("button", { name: "暂停办理" }).click();
      await page.getByText("等待补交证件照片（经办：").waitFor();
      await shot(page, "member-paused");
      await page.setViewportSize({ width: 390, height: 844 });
      await shot(page, "member-paused-narrow");
      await page.setViewportSize(DESK.viewport);
      await page.getByRole("button", { name: "恢复办理" }).click();
      const resume = page.getByRole("dialog").getByRole("button", { name: "恢复办理" });
      await said(page, "已恢复办理", () => resume.click());
      await page.getByRole("button", { name: "暂停办理" }).waitFor();
      await page.getByRole("button", { name: "批准入会" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "批 准" }).click();
      await page.getByRole("link", { name: "会员证" }).waitFor();
      assert.equal(await joined(page), before + 1);
      await shot(page, "member");
    });

    test("dues are entered from the list and from the member's page, and taken back", async () => {
      const page = await enter(program, "baotou");
      await page.goto(member);
      const own = page.getByRole("region", { name: "会费" });
      await own.getByRole("button", { name: "登记会费" }).click();
      const form = dialog(page, "登记会费");
      await form.getByLabel("每人金额").fill("12.5");
      await form.getByRole("button", { name: "登 记" }).click();
      await own.getByRole("row").filter({ hasText: "12.50" }).waitFor();
      await shot(page, "member-dues");
      await go(page, "会费");
      await page.getByRole("button", { name: "从表格登记" }).waitFor();
      const boxes = page.getByRole("checkbox", { name: /^选择/ });
      await boxes.nth(0).check();
      await boxes.nth(1).check();
      await page.getByRole("button", { name: "登记选中（2）" }).click();
      const many = dialog(page, "登记 2 人的会费");
      await many.getByLabel("每人金额").fill("10");
      await many.getByRole("button", { name: "登 记" }).click();
      await page.getByText("已登记 2 笔，共 20.00 元。").waitFor();
      await shot(page, "dues-unpaid");
      await page.getByText("已登记", { exact: true }).click();
      await page.getByRole("row").filter({ hasText: "10.00" }).first().getByRole("button", { name: "撤回" }).click();
      const back = dialog(page, "撤回会费登记");
      await back.getByLabel("原因").fill("重复登记");
      await back.getByRole("button", { name: "撤回会费登记" }).click();
      await page.getByText("已撤回：重复登记").waitFor();
      await shot(page, "dues-paid");
      await go(page, "待谈话会员");
      await page.getByText("没有待谈话的会员").waitFor();
    });

    const ask = async (page) => {
      await page.goto(member);
      await page.getByRole("button", { name: "转接会籍" }).click();
      const form = dialog(page, "转接会籍");
      await find(page, form.getByLabel("转入工会"), NEW);
      await form.getByLabel("原因").fill("换了工作站点");
      await form.getByRole("button", { name: "提出转接" }).click();
      await page.getByText("转接中").waitFor();
    };
    const standing = (page) => page.getByRole("main").getByText("正常", { exact: true });

    test("a transfer that is declined leaves the member where he was", async () => {
      const city = await enter(program, "baotou");
      await ask(city);
      const region = await enter(program, "quzong");
      await go(region, "会籍转接");
      const row = region.getByRole("row").filter({ hasText: NEW });
      await row.getByRole("button", { name: "暂停办理" }).click();
      const pause = dialog(region, "暂停办理");
      await pause.getByLabel("原因").fill("等待原站点的证明");
      await pause.getByRole("button", { name: "暂停办理" }).click();
      await row.getByText("已暂停").waitFor();
      await shot(region, "transfer-paused");
      await row.getByRole("button", { name: "不同意" }).click();
      const form = dialog(region, "不同意转接");
      await form.getByRole("button", { name: "不同意转接" }).click();
      await form.getByText("请填写原因").waitFor();
      await form.getByRole("textbox", { name: "原因" }).fill("站点不归我们管");
      await form.getByRole("button", { name: "不同意转接" }).click();
      await row.waitFor({ state: "detached" });
      await region.goto(`${program.url}/transfers?state=declined`);
      await row.getByText(OLD).waitFor();
      await city.reload();
      await standing(city).waitFor();
      assert.equal(await city.getByText(NEW).count(), 0);
      await city.getByText("站点不归我们管").waitFor();
    });

    test("a transfer that is agreed to moves him, and he is not counted as joined again", async () => {
      const city = await enter(program, "baotou");
      const before = await joined(city);
      await ask(city);
      await go(city, "会籍转接");
      await city.getByRole("row").filter({ hasText: NEW }).getByRole("button", { name: "同 意", exact: true }).click();
      await dialog(city, "同意转接").getByRole("button", { name: "同意转接" }).click();
      await city.getByText("没有转接").waitFor();
      await city.goto(member);
      await standing(city).waitFor();
      await city.locator(".page-head").getByText(NEW).waitFor();
      assert.equal(await joined(city), before);
      await shot(city, "transferred");
    });

    test("what a member asks about his data is answered, and he reads the answer", async () => {
      const context = await program.context(PHONE);
      const phone = await context.newPage();
      const sent = program.log().length;
      await phone.goto(`${program.url}/w/privacy`);
      await phone.getByLabel("手机号码").fill(WHO.phone);
      await phone.getByRole("button", { name: "获取验证码" }).click();
      await phone.getByText("秒后重发").waitFor();
      await phone.getByLabel("验证码", { exact: true }).fill(await codeOf(program, sent));
      await phone.getByRole("button", { name: "登录" }).click();
      await phone.getByRole("button", { name: "是我本人" }).click();
      await phone.getByLabel("内容").fill("我的职工群体写错了，请更正");
      await phone.getByRole("button", { name: "提交申请" }).click();
      await phone.getByText("待答复").waitFor();

      const officer = await enter(program, "baotou");
      await go(officer, "个人信息请求");
      const row = officer.getByRole("row").filter({ hasText: "我的职工群体写错了" });
      await row.getByText(NEW).waitFor();
      assert.equal(await row.getByText(WHO.name).count(), 0, "the list is masked");
      await row.getByRole("button", { name: "暂停办理" }).click();
      const pause = dialog(officer, "暂停办理");
      await pause.getByLabel("原因").fill("等待您说明写错的地方");
      await pause.getByRole("button", { name: "暂停办理" }).click();
      await row.getByText("已暂停").waitFor();
      await shot(officer, "privacy-paused");
      await phone.reload();
      await phone.getByText("起暂停办理（等待您说明写错的地方）").waitFor();
      await shot(phone, "privacy-paused-phone");
      await row.getByRole("button", { name: "恢复办理" }).click();
      await officer.getByRole("dialog").getByRole("button", { name: "恢复办理" }).click();
      await row.getByRole("button", { name: "暂停办理" }).waitFor();
      await row.getByRole("button", { name: "答 复" }).click();
      const form = dialog(officer, "答复：");
      await form.getByRole("button", { name: "答 复" }).click();
      await form.getByText("请写明").waitFor();
      await form.getByLabel("说明（本人会看到）").fill("已改为物业服务人员");
      await form.getByRole("button", { name: "答 复" }).click();
      await officer.getByText("没有待答复的请求").waitFor();
      await officer.goto(`${program.url}/privacy-requests?state=done`);
      await row.getByText("已改为物业服务人员").waitFor();
      await shot(officer, "privacy-answered");

      await phone.reload();
      await phone.getByText("答复：已改为物业服务人员").waitFor();
      await phone.getByText("已办理").waitFor();
      await phone.goto(`${program.url}/w/union`);
      await phone.getByRole("region", { name: "我交的会费" }).getByText("12.50 元", { exact: true }).waitFor();
      await shot(phone, "dues-phone");
    });

    test("numbers of members end below each other, those that open their records too", async () => {
      const page = await enter(program, "quzong");
      await go(page, "入会与建会");
      await page.getByRole("button", { name: "会员的逐笔记录" }).first().waitFor();
      const numbers = page.locator(".ant-table").first().locator("tr.ant-table-row > td:nth-child(2)");
      const ends = await numbers.evaluateAll((cells) =>
        cells.map((cell) => {
          const range = document.createRange();
          range.selectNodeContents(document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode());
          return Math.round(range.getBoundingClientRect().right);
        }),
      );
      assert.ok(ends.length > 3 && new Set(ends).size === 1, ends.join());
      await shot(page, "enrolment");
    });
  });
}

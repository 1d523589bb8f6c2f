// Nobody is kept out: each page of the console's menu as each officer sees it, what lies behind, windows that stand open,
// the worker's phone and the hall's wall are looked through by axe.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { barriers, settled } from "./access.js";
import { enter, go, unfold } from "./desk.js";
import { get } from "./interface.js";
import { person } from "./people.js";
import { codeOf, PHONE } from "./phone.js";
import { start } from "./program.js";

describe("pages open to everybody", () => {
  let program;
  before(async () => {
    program = await start("SQLite");
  });
  afterEach(() => program?.leave());
  after(() => program?.stop());

  const ask = (page, path) => get(program, page, path);
  const first = async (page, path) => (await ask(page, path)).items[0].id;

  for (const officer of ["quzong", "system", "security", "audit"]) {
    test(`the menu's pages of ${officer}`, async () => {
      const found = [];
      const page = await enter(program, officer);
      found.push(...(await barriers(page, "home")));
      await unfold(page);
      const links = page.getByRole("navigation", { name: "主菜单" }).getByRole("link");
      const [, ...others] = await links.all();
      assert.ok(others.length > 1);
      for (const link of others) {
        const path = await link.getAttribute("href");
        const before = await page.locator("h1").first().elementHandle();
        await link.click();
        await page.waitForFunction((head) => !head.isConnected, before);
        found.push(...(await barriers(page, path)));
        // A day stands as people write it; an instant in a table has its time behind it.
        assert.doesNotMatch(await page.getByRole("main").innerText(), /\d{4}-\d\d-\d\d(?! \d\d:)/, path);
      }
      assert.deepEqual(found, []);
    });
  }

  test("what lies behind the menu's pages", async () => {
    const found = [];
    const page = await enter(program, "quzong");
    const plan = await first(page, "/plans");
    const board = await ask(page, `/plans/${plan}/board?organisation=${(await ask(page, "/session")).organisations[0].id}`);
    const indicator = board.items[0].indicator.id;
    const member = await first(page, "/members");
    const paths = [
      ...["", "/edit", "/budget", "/reports"].map((part) => `/plans/${plan}${part}`),
      ...["", "/breakdown"].map((part) => `/indicators/${indicator}${part}`),
      `/members/${member}`,
      `/people/${await first(page, "/people")}`,
      `/events/${await first(page, "/events")}`,
      `/organisations/${await first(page, "/organisations?level=county")}`,
      "/no-such-page",
    ];
    for (const path of paths) {
      await page.goto(`${program.url}${path}`);
      found.push(...(await barriers(page, path)));
    }
    assert.deepEqual(found, []);
  });

  test("tables that are worked with all day fit the screen of a desk", async () => {
    const page = await enter(program, "quzong");
    for (const path of ["/members", "/benefit-redemptions", "/station-inspections"]) {
      await page.goto(`${program.url}${path}`);
      await settled(page);
      const table = page.locator(".ant-table-content").first();
      const beyond = await table.evaluate((place) => place.scrollWidth - place.clientWidth);
      assert.ok(beyond <= 0, `${path} is ${beyond} too wide`);
    }
  });

  test("windows that stand open, what they give back, and the menu of a narrow screen", async () => {
    const found = [];
    const page = await enter(program, "quzong");
    const windows = [
      ["/members", "代录入会申请"],
      ["/ledger", "登记服务"],
      ["/plans", "新建计划"],
      ["/events", "新建活动"],
      ["/branches", "新增分支机构"],
    ];
    for (const [path, button] of windows) {
      await page.goto(`${program.url}${path}`);
      await page.getByRole("button", { name: button }).click();
      await page.getByRole("dialog").waitFor();
      // Whoever opens a window types at once.
      await page.waitForFunction(() => document.querySelector(".ant-modal-body")?.contains(document.activeElement));
      found.push(...(await barriers(page, button)));
    }
    // Who works by keyboard goes on where he opened the window, also where the page takes it away instead of hiding it.
    for (const [path, button] of [...windows, ["/station-activities", "发布活动"], ["/station-supplies", "出入库"]]) {
      await page.goto(`${program.url}${path}`);
      const opener = page.getByRole("button", { name: button }).first();
      await opener.click();
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      assert.ok(await opener.evaluate((one) => one === document.activeElement), `${path} lost the focus`);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    // What the server refuses comes into sight, also on a phone, where the button lies far below it.
    await page.goto(`${program.url}/stations`);
    await page.getByRole("button", { name: "新建驿站" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("驿站名称").fill("和平路驿站");
    await form.getByLabel("驿站编号").fill("NM-901");
    await form.getByLabel("详细地址").fill("和平路9号");
    await form.getByLabel("行政区划代码").fill("abc");
    await form.getByRole("button", { name: "保 存" }).click();
    const refused = form.locator(".ant-form-item-explain-error").filter({ hasText: "行政区划代码应为6位数字" });
    await refused.waitFor();
    const { y } = await refused.boundingBox();
    assert.ok(y > 0 && y < 844, `the refusal stands at ${y}`);
    await page.goto(`${program.url}/members`);
    found.push(...(await barriers(page, "members on a phone")));
    await page.getByRole("button", { name: "打开菜单" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "会员", exact: true }).waitFor();
    found.push(...(await barriers(page, "the menu")));
    await go(page.getByRole("dialog"), "台账");
    await page.getByRole("heading", { name: "台账" }).waitFor();
    assert.deepEqual(found, []);
  });

  test("the log-in", async () => {
    const found = [];
    const page = await (await program.context()).newPage();
    await page.goto(program.url);
    found.push(...(await barriers(page, "the log-in")));
    assert.deepEqual(found, []);
  });

  test("the worker's phone and the wall", async () => {
    const found = [];
    const officer = await enter(program, "quzong");
    const event = (await ask(officer, "/events")).items.find((one) => one.open);
    await officer.goto(`${program.url}/screen/events/${event.id}`);
    await officer.getByText("实时", { exact: true }).waitFor();
    found.push(...(await barriers(officer, "the wall")));

    const context = await program.context(PHONE);
    const page = await context.newPage();
    const who = person(77);
    await page.goto(`${program.url}/w/e/${event.code}`);
    found.push(...(await barriers(page, "what joining means")));
    await page.getByRole("button", { name: "我要入会" }).click();
    found.push(...(await barriers(page, "phone and code")));
    const sent = program.log().length;
    await page.getByLabel("手机号码").fill(who.phone);
    await page.getByRole("button", { name: "获取验证码" }).click();
    await page.getByText("秒后重发").waitFor();
    await page.getByLabel("验证码", { exact: true }).fill(await codeOf(program, sent));
    await page.getByRole("button", { name: "下一步" }).click();
    await page.getByLabel("姓名").fill(who.name);
    await page.getByRole("button", { name: "提交入会申请" }).click();
    await page.getByText("请填写证件号码").or(page.locator(".said.wrong")).first().waitFor();
    found.push(...(await barriers(page, "a form with faults")));
    await page.getByLabel("身份证号").fill(who.number);
    await page.getByText("外卖配送员", { exact: true }).click();
    await page.getByLabel("加入哪家工会").selectOption({ index: 1 });
    await page.getByText("我已阅读告知书").click();
    await page.getByRole("button", { name: "提交入会申请" }).click();
    await page.getByRole("heading", { name: "欢迎回到娘家" }).waitFor();
    found.push(...(await barriers(page, "welcome")));
    for (const path of ["", "/card", "/union", "/records", "/privacy", "/card/forged", "/nowhere"]) {
      await page.goto(`${program.url}/w${path}`);
      await page.getByRole("status").filter({ hasText: "正在打开" }).waitFor({ state: "detached" });
      found.push(...(await barriers(page, `/w${path}`)));
    }
    await (await context.request.delete(`${program.url}/api/v1/session`, { headers: { "x-niangjia": "web" } })).dispose();
    await page.goto(`${program.url}/w`);
    await page.getByRole("heading", { name: "登录我的娘家" }).waitFor();
    found.push(...(await barriers(page, "the phone's log-in")));
    assert.deepEqual(found, []);
  });
});

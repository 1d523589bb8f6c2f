// Story 6: riders in the hall join with their phones, on a bad network too, and the wall counts them.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { enrol, get } from "./interface.js";
import { person } from "./people.js";
import { codeOf, PHONE } from "./phone.js";
import { DATABASES, start } from "./program.js";

const SHOTS = join(import.meta.dirname, "shots");
mkdirSync(SHOTS, { recursive: true });

for (const database of DATABASES) {
  describe(`joining by phone on ${database}`, () => {
    let program;
    let event;
    let officer;
    let wall;

    before(async () => {
      program = await start(database);
      officer = await program.context({ viewport: { width: 1920, height: 1080 } });
      const data = { username: "quzong", password: "Niangjia-2026" };
      await officer.request.post(`${program.url}/api/v1/session`, { data, headers: { "x-niangjia": "web" } });
      const events = await get(program, officer, "/events");
      event = events.items.find((one) => one.open);
      assert.ok(event, "the demo has an event in progress");
    });
    // The wall stays; phones go.
    const phones = [];
    afterEach(() => Promise.all(phones.splice(0).map((one) => one.close())));
    after(() => program?.stop());

    const joined = async () => Number((await wall.locator(".number").innerText()).replaceAll(",", ""));
    const counted = async (number) => {
      await wall.waitForFunction(
        (wanted) => document.querySelector(".number").textContent.replaceAll(",", "") === String(wanted),
        number,
      );
    };
    const shot = (page, title) => page.screenshot({ path: join(SHOTS, `${title}.png`), fullPage: true });

    /** A phone of its own. */
    const phone = async () => {
      const context = await program.context(PHONE);
      phones.push(context);
      const page = await context.newPage();
      return page;
    };

    const prove = async (page, number) => {
      const sent = program.log().length;
      await page.getByLabel("手机号码").fill(number);
      await page.getByRole("button", { name: "获取验证码" }).click();
      await page.getByText("秒后重发").waitFor();
      await page.getByLabel("验证码", { exact: true }).fill(await codeOf(program, sent));
    };

    const fill = async (page, who, mobile = who.phone) => {
      await page.goto(`${program.url}/w/e/${event.code}`);
      await page.getByRole("button", { name: "我要入会" }).click();
      await prove(page, mobile);
      await page.getByRole("button", { name: "下一步" }).click();
      await page.getByLabel("姓名").fill(who.name);
      await page.getByLabel("身份证号").fill(who.number);
      await page.getByText("外卖配送员", { exact: true }).click();
      await page.getByLabel("加入哪家工会").selectOption({ index: 1 });
      await page.getByText("我已阅读告知书").click();
    };

    test("the wall asks strangers to log in, and shows an officer the event", async () => {
      const stranger = await (await program.context()).newPage();
      await stranger.goto(`${program.url}/screen/events/${event.id}`);
      await stranger.getByText("请先登录").waitFor();
      wall = await officer.newPage();
      await wall.goto(`${program.url}/screen/events/${event.id}`);
      await wall.getByText("实时", { exact: true }).waitFor();
      await wall.getByRole("img", { name: "入会二维码" }).waitFor();
    });

    test("a rider joins, has his card at once, and the wall counts him without his full name", async () => {
      const before = await joined();
      const page = await phone();
      const who = person(1);
      await fill(page, who);
      await shot(page, "join");
      const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
      assert.ok(kept.includes(who.name) && !kept.includes(who.number), "the document number is not kept on the phone");
      await page.getByRole("button", { name: "提交入会申请" }).click();
      await page.getByRole("heading", { name: "欢迎回到娘家" }).waitFor();
      await shot(page, "welcome");
      await page.getByRole("link", { name: "看我的会员证" }).click();
      await page.getByRole("img", { name: "会员证二维码" }).waitFor();
      await shot(page, "card");
      await counted(before + 1);
      await wall.getByText(`${who.name[0]}*${who.name[2]}`).first().waitFor();
      assert.ok(!(await wall.locator("body").innerText()).includes(who.name));
      await wall.screenshot({ path: join(SHOTS, "wall.png") });
      await wall.setViewportSize({ width: 1440, height: 900 });
      await wall.screenshot({ path: join(SHOTS, "wall-1440.png") });
    });

    test("an answer that is lost on the way is asked for again, and nobody joins twice", async () => {
      const before = await joined();
      const page = await phone();
      await fill(page, person(2));
      const keys = [];
      await page.route("**/join", async (route) => {
        keys.push(route.request().headers()["idempotency-key"]);
        // The first reaches the server, but its answer doesn't come back; the second doesn't get out at all.
        if (keys.length === 1) await route.fetch();
        return keys.length < 3 ? route.abort() : route.continue();
      });
      await page.getByRole("button", { name: "提交入会申请" }).click();
      await page.getByRole("heading", { name: "欢迎回到娘家" }).waitFor();
      assert.equal(keys.length, 3);
      assert.equal(new Set(keys).size, 1);
      await page.reload();
      await page.getByRole("heading", { name: "我的娘家" }).waitFor();
      await counted(before + 1);
    });

    test("a wrong code leads back to it; a document that another phone registered is sent to the desk", async () => {
      const before = await joined();
      const page = await phone();
      await fill(page, person(1), person(3).phone);
      await page.goBack();
      const right = await page.getByLabel("验证码", { exact: true }).inputValue();
      await page.getByLabel("验证码", { exact: true }).fill(right === "000000" ? "000001" : "000000");
      await page.getByRole("button", { name: "下一步" }).click();
      await page.getByRole("button", { name: "提交入会申请" }).click();
      await page.getByText("验证码不对或已过期").waitFor();
      await page.getByLabel("验证码", { exact: true }).fill(right);
      await page.getByRole("button", { name: "下一步" }).click();
      await page.getByRole("button", { name: "提交入会申请" }).click();
      await page.getByRole("alert").getByText("现场工作人员核对证件").waitFor();
      await shot(page, "not-his-phone");
      assert.equal(await joined(), before);
    });

    test("a member comes in by phone, sees his record and union, takes his consent back, and goes", async () => {
      const page = await phone();
      await page.goto(`${program.url}/w/records`);
      await page.getByRole("heading", { name: "登录我的娘家" }).waitFor();
      await prove(page, person(2).phone);
      await page.getByRole("button", { name: "登录" }).click();
      await page.getByRole("button", { name: "是我本人" }).click();
      await page.getByText("新入会").waitFor();
      await page.goto(`${program.url}/w/union`);
      await page.getByText("内蒙古自治区总工会").waitFor();
      await page.goto(`${program.url}/w/privacy`);
      await page.getByText(`${person(2).number.slice(0, 3)}***********${person(2).number.slice(-4)}`).waitFor();
      const file = page.waitForEvent("download");
      await page.getByRole("button", { name: "导出我的全部信息" }).click();
      assert.equal((await file).suggestedFilename(), "我的个人信息.json");
      await page.getByLabel("内容").fill("手机号码换了，请更正");
      await page.getByRole("button", { name: "提交申请" }).click();
      await page.getByText("待答复").waitFor();
      await page.getByRole("button", { name: "撤回同意" }).click();
      await page.getByRole("button", { name: "确定撤回" }).click();
      await page.getByRole("button", { name: "撤回同意" }).waitFor({ state: "detached" });
      await shot(page, "privacy");
      await page.goto(`${program.url}/w`);
      await page.getByRole("link", { name: "我的会员证" }).waitFor();
      await shot(page, "home-phone");
      await page.getByRole("button", { name: "退出登录" }).click();
      await page.getByRole("heading", { name: "登录我的娘家" }).waitFor();
      await page.goto(`${program.url}/w/card`);
      await page.getByRole("heading", { name: "登录我的娘家" }).waitFor();
    });

    test("who has another's number by now says so and joins with it, and the other's union sees that he needs one", async () => {
      const [owner, holder] = [person(5), person(6)];
      await enrol(program, officer, [owner]);
      const page = await phone();
      const sent = program.log().length;
      await fill(page, holder, owner.phone);
      await page.getByRole("button", { name: "提交入会申请" }).click();
      await page.getByRole("alert").getByText("已登记在另一份档案上").waitFor();
      await page.getByRole("link", { name: "用这个号码登录，说明换过主人" }).click();
      await prove(page, owner.phone);
      await page.getByRole("button", { name: "登录" }).click();
      await page.getByRole("heading", { name: "请核对是不是您" }).waitFor();
      await shot(page, "is-it-you");
      await page.getByRole("link", { name: "不是我，号码换过主人" }).click();
      await page.getByText("您马上可以用这个号码入会").waitFor();
      await shot(page, "not-me");
      await page.getByRole("button", { name: "确认，我不是他" }).click();
      await page.getByRole("link", { name: "继续入会" }).click();
      await page.getByRole("button", { name: "我要入会" }).click();
      // The text that came first is good still: what was refused used nothing up.
      await page.getByLabel("验证码", { exact: true }).fill(await codeOf(program, sent));
      await page.getByRole("button", { name: "下一步" }).click();
      await page.getByLabel("身份证号").fill(holder.number);
      await page.getByRole("button", { name: "提交入会申请" }).click();
      await page.getByRole("heading", { name: "欢迎回到娘家" }).waitFor();

      const desk = await officer.newPage();
      await desk.goto(`${program.url}/members?phone_lost=true`);
      await desk.getByText("只看手机号码换过主人的").waitFor();
      await desk.getByRole("link", { name: `${owner.name[0]}*${owner.name[2]}` }).click();
      await desk.getByText("手机号码换过主人：").waitFor();
      await desk.getByRole("button", { name: "登记手机" }).waitFor();
      await shot(desk, "phone-lost");
      await desk.close();
    });

    test("a forged card is told to be no card", async () => {
      const page = await phone();
      await page.goto(`${program.url}/w/card/forged`);
      await page.getByText("不能核验").waitFor();
      await page.goto(`${program.url}/w/e/mistyped`);
      await page.getByRole("alert").getByText("请返回上一页，或重新扫码").waitFor();
      assert.equal(await page.getByRole("button", { name: "再试一次" }).count(), 0);
    });
  });
}

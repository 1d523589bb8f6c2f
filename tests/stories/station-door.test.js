// Story 8: a station without staff opens its door for the code on a phone, its devices speak to a real broker; and its
// master keeps cupboard and donation corner on his phone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { startBroker } from "./broker.js";
import { dialog, enter, go, said, shot } from "./desk.js";
import { enrol, get, post } from "./interface.js";
import { person } from "./people.js";
import { logIn, PHONE, prove } from "./phone.js";
import { on, start } from "./program.js";

for (const database of on("SQLite")) {
  describe(`a station without staff on ${database}`, () => {
    let broker;
    let program;
    let page;
    const [master, rider] = [person(811), person(812)];
    /** Everybody's phone stays logged in: two codes within a minute are one too many. */
    const phones = new Map();

    before(async () => {
      broker = await startBroker();
      program = await start(database, broker.settings);
      page = await enter(program, "baotou");
    });
    after(async () => {
      await program?.stop();
      await broker?.stop();
    });

    const ask = (path) => get(program, page, path);
    const send = (path, data) => post(program, page, path, data);
    const told = async (device, words) => {
      for (let tries = 0; tries < 600 && !words.test(device.log()); tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.match(device.log(), words);
    };
    const blank = async (path) => {
      const context = await program.context(PHONE);
      const phone = await context.newPage();
      await phone.goto(`${program.url}/w/${path}`);
      return phone;
    };
    const phoneOf = async (who, path) => {
      const known = phones.get(who);
      if (known) {
        await known.goto(`${program.url}/w/${path}`);
        return known;
      }
      const phone = await blank(path);
      phones.set(who, phone);
      await logIn(program, phone, who.phone);
      return phone;
    };
    const textOf = async (phone) => {
      await phone.getByText("扫不了？").click();
      return phone.locator(".code-text").innerText();
    };
    let station;
    let lock;

    test("devices are written down, and stand in the list once they speak", async () => {
      const place = await enrol(program, page, [master, rider]);
      const people = (await ask(`/people?q=${master.phone}`)).items;
      station = await send("/stations", {
        organisation_id: place.id,
        code: "S-911",
        name: "东河无人驿站",
        kind: "own",
        access: "everyone",
        address: "东河区和平路9号",
        position: { longitude: 110.05, latitude: 40.58 },
        area: 30,
        capacity: 12,
        hours: { week: [[], [], [], [], [], [], []], self_service: true },
        items: ["microwave"],
      });
      await send(`/stations/${station.id}/posts`, { person_id: people[0].id, role: "master" });
      await send(`/stations/${station.id}/open`);
      await page.goto(`${program.url}/stations/${station.id}`);
      for (const [code, kind, label] of [
        ["s911-lock", undefined, "正门门锁"],
        ["s911-smoke", "烟雾报警器", "室内烟感"],
      ]) {
        await page.getByRole("button", { name: "登记设备" }).click();
        const window = dialog(page, "登记设备");
        if (kind) {
          await window.getByLabel("种类").click();
          await page.locator(".ant-select-item-option").filter({ hasText: kind }).click();
        }
        await window.getByLabel("编号（设备铭牌上的）").fill(code);
        await window.getByLabel("名称").fill(label);
        await window.getByRole("button", { name: /登\s*记/ }).click();
        await page.getByRole("cell", { name: label }).waitFor();
      }
      lock = broker.device("lock", "s911-lock");
      await send(`/stations/${station.id}/devices`, { code: "s911-count", kind: "counter", label: "门口计数器" });
      broker.device("counter", "s911-count").say("+3");
    });

    test("the door opens for a rider's code, and for a guest's by his phone number; it stays shut for others", async () => {
      const card = await phoneOf(rider, "pass");
      lock.say(await textOf(card));
      await told(lock, /open/);
      await card.getByText("已开门，请进").waitFor();
      await shot(card, "door-pass");
      const guest = await blank("login");
      await guest.getByRole("link", { name: "进24小时自助驿站" }).click();
      await guest.getByRole("heading", { name: "驿站访客码" }).waitFor();
      await prove(program, guest, "13900008911");
      await guest.getByRole("button", { name: "领取访客码" }).click();
      await guest.getByRole("img", { name: "访客码二维码" }).waitFor();
      lock.say(await textOf(guest));
      await guest.getByText("已开门，请进").waitFor();
      assert.deepEqual(await barriers(guest, "guest"), []);
      await shot(guest, "door-guest");
      await guest.context().setOffline(true);
      await guest.getByRole("alert").getByText("网络不通").waitFor();
      await guest.context().setOffline(false);
      lock.say("1234567890");
      await told(lock, /不开门/);
      await page.goto(`${program.url}/stations/${station.id}`);
      await page.getByRole("cell", { name: "访客" }).waitFor();
      await page.getByRole("heading", { name: "开门和通断电记录" }).scrollIntoViewIfNeeded();
      await shot(page, "station-openings");
      const facts = await ask(`/facts?organisation=${station.organisation_id}&kinds=station_visit&limit=2`);
      assert.deepEqual(
        facts.items.map((fact) => fact.quantity),
        [1, 1],
      );
    });

    test("the master hears of smoke, opens from afar, and keeps the cupboard without a network", async () => {
      const duty = await phoneOf(master, "duty");
      await duty.getByRole("button", { name: "门与设备" }).click();
      const texts = program.log().length;
      const smoke = broker.device("smoke", "s911-smoke");
      smoke.say("on");
      await duty.getByText("烟雾报警").first().waitFor();
      await duty.getByText("室内 3 人").waitFor();
      await duty.getByRole("button", { name: "我看到了，去处理" }).click();
      await duty.getByText("已看到").waitFor();
      await shot(duty, "duty-devices");
      assert.deepEqual(await barriers(duty, "devices"), []);
      smoke.say("off");
      await duty.getByRole("button", { name: "远程开门" }).click();
      // One tap opens nothing yet.
      await duty.getByRole("button", { name: "确定开门" }).click();
      await duty.getByText("站长远程").waitFor();
      assert.match(program.log().slice(texts), /烟雾报警/);
      await duty.getByRole("button", { name: "室内无人，归零" }).click();
      await duty.getByRole("button", { name: "不归零" }).click();
      await duty.getByText("室内 3 人").waitFor();
      await duty.getByRole("button", { name: "室内无人，归零" }).click();
      await duty.getByRole("button", { name: "确认无人" }).click();
      // Who came in today still did.
      await duty.getByText("室内 0 人，今天进站 3 人次").waitFor();
      await duty.getByRole("button", { name: "室内无人，归零" }).waitFor({ state: "detached" });

      await duty.getByRole("button", { name: "药品物资" }).click();
      await duty.getByRole("button", { name: "登记入库" }).click();
      await duty.getByLabel("名称").fill("创可贴");
      await duty.getByLabel("数量").fill("５");
      await duty.getByLabel("少于多少提醒").fill("4");
      await duty.getByRole("button", { name: "入库", exact: true }).click();
      await duty.getByText("药品必须填写有效期").waitFor();
      await duty.getByLabel("有效期至").fill("2099-12-31");
      await duty.getByRole("button", { name: "入库", exact: true }).click();
      const good = duty.getByRole("article", { name: "创可贴" });
      await good.getByText("可用 5 盒").waitFor();
      await duty.context().setOffline(true);
      await good.getByLabel("领用多少盒").fill("2");
      await good.getByRole("button", { name: "领用" }).click();
      await good.getByText("可用 3 盒").waitFor();
      await duty.getByText("1 条记在本机").waitFor();
      await duty.context().setOffline(false);
      await good.getByText("不足4盒，请补充").waitFor();
      await good.getByText("可用 3 盒").waitFor();
      await good.getByLabel("领用多少盒").fill("9");
      await good.getByRole("button", { name: "领用" }).click();
      await good.getByText("可用的只剩3盒").waitFor();
      await shot(duty, "duty-supplies");
      assert.deepEqual(await barriers(duty, "supplies"), []);
      await page.goto(`${program.url}/station-supplies?warning=low&q=S-911`);
      await page.getByText("共 1 种").waitFor();
      await shot(page, "station-supplies");
    });

    test("what a company gives is reserved, handed over once, and thanked for", async () => {
      const duty = await phoneOf(master, "duty");
      // What was refused is folded after the first few.
      for (let tries = 0; tries < 5; tries += 1) {
        await duty.getByLabel("到站码").fill("12345678");
        await duty.getByLabel("到站码").press("Enter");
        await duty.getByText("到站（扫码）：").nth(tries).waitFor({ state: "attached" });
      }
      await duty.getByText("还有 3 条没有记上").waitFor();
      await shot(duty, "duty-refused");
      await duty.getByRole("button", { name: "知道了" }).click();
      await duty.getByRole("button", { name: "爱心角" }).click();
      const give = async (thing, pieces) => {
        await duty.getByRole("button", { name: "登记捐赠" }).click();
        await duty.getByLabel("单位名称").fill("东河百货大楼");
        await duty.getByLabel("物品").fill(thing);
        await duty.getByLabel("数量").fill(pieces);
        await duty.getByRole("button", { name: "登记", exact: true }).last().click();
        await duty.getByText(`还有${pieces}件`).waitFor();
      };
      await give("骑行手套九一一", "1");
      await duty.getByText(/\d年\d+月\d+日 捐/).waitFor();
      const wish = await phoneOf(rider, "gifts");
      await wish.getByRole("button", { name: "预留一件骑行手套九一一" }).click();
      await wish.getByText("已预留").waitFor();
      await shot(wish, "gifts");
      assert.deepEqual(await barriers(wish, "gifts"), []);
      await duty.reload();
      await duty.getByRole("button", { name: "爱心角" }).click();
      await duty.getByRole("button", { name: "已交给本人" }).click();
      await duty.getByText("骑行手套九一一已经交到").waitFor();
      await duty.getByRole("button", { name: "确定已交" }).click();
      await duty.getByRole("heading", { name: "有人要来领" }).waitFor({ state: "detached" });
      await shot(duty, "duty-corner");
      await wish.reload();
      await wish.getByLabel("对捐赠人说句话").fill("手套很暖和，谢谢！");
      await wish.getByRole("button", { name: "感谢" }).click();
      await wish.getByText("您已表示感谢").waitFor();
      // What is taken down again nobody can ask for.
      await give("雨衣九一一", "2");
      const cape = wish.getByRole("button", { name: "预留一件雨衣九一一" });
      await wish.reload();
      await cape.click();
      await wish.getByText("已预留").waitFor();
      await duty.reload();
      await duty.getByRole("button", { name: "爱心角" }).click();
      await duty.getByRole("button", { name: "下架雨衣九一一" }).click();
      await duty.getByText("不能重新上架").waitFor();
      await duty.getByRole("checkbox", { name: "已预留的 1 人也取消" }).check();
      await duty.getByRole("button", { name: "确定下架" }).click();
      await duty.getByText("请填写下架原因").waitFor();
      await duty.getByLabel("下架原因").fill("受潮发霉");
      await shot(duty, "duty-gift-down");
      await duty.getByRole("button", { name: "确定下架" }).click();
      await duty.getByRole("button", { name: "确定下架" }).waitFor({ state: "detached" });
      // Whoever had reserved it reads why.
      await wish.reload();
      await wish.getByText("驿站取消预留的原因：受潮发霉").waitFor();
      await wish.getByText("您已表示感谢").waitFor();
      assert.equal(await cape.count(), 0);
      await go(page, "爱心捐赠");
      await page.getByLabel("物品、捐赠单位或驿站").fill("九一一");
      await page.keyboard.press("Enter");
      await page.getByText("手套很暖和，谢谢！").waitFor();
      await page
        .getByRole("cell", { name: /年\d+月\d+日 \d\d:\d\d/ })
        .first()
        .waitFor();
      await page.getByRole("row").filter({ hasText: "雨衣九一一" }).getByText("已下架").waitFor();
      await shot(page, "station-gifts");
      await go(page, "驿站设备");
      await page.getByText("含已解除").click();
      await page.getByText("烟雾报警").first().waitFor();
      await shot(page, "station-devices");
      await page.goto(`${program.url}/stations/${station.id}`);
      await page.getByRole("row").filter({ hasText: "室内烟感" }).getByRole("button", { name: "停用" }).click();
      await said(page, "已停用", () =>
        page
          .getByRole("dialog")
          .getByRole("button", { name: /停\s*用/ })
          .click(),
      );
    });
  });
}

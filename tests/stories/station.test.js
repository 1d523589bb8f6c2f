// Story 8: a station is written down, given a master and opened; its day is written on the master's phone, whatever the
// network does; and officers see it.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { choose, DESK, dialog, enter, go, said, shot } from "./desk.js";
import { enrol, get } from "./interface.js";
import { until } from "./map.js";
import { person } from "./people.js";
import { logIn, PHONE } from "./phone.js";
import { on, start } from "./program.js";

const SHEET = `驿站编号,驿站名称,类型,场地提供单位,地址,经度,纬度,坐标系,开放时间,设施
S-901,东河和平路驿站,自建,,东河区和平路1号,110.05,40.58,GCJ-02,每天 08:00-20:00,微波炉、饮用水
S-902,东河二宫驿站,共建,,东河区二宫路2号,,,,周一至周五 9:00-17:00,
`;

for (const database of on("PostgreSQL")) {
  describe(`stations on ${database}`, () => {
    let program;
    let page;
    const [master, rider] = [person(801), person(802)];
    const phones = [];

    before(async () => {
      program = await start(database);
      page = await enter(program, "baotou");
    });
    afterEach(() => Promise.all(phones.splice(0).map((one) => one.close())));
    after(() => program?.stop());

    const ask = (path) => get(program, page, path);

    /** A phone whose owner is logged in, at a page. */
    const phone = async (who, path) => {
      const context = await program.context(PHONE);
      phones.push(context);
      const page = await context.newPage();
      await page.goto(`${program.url}/w/${path}`);
      await logIn(program, page, who.phone);
      return page;
    };

    test("the prefecture's 208 stations are there, to be sought and filtered", async () => {
      await go(page, "驿站");
      await page.getByText("共 208 个驿站").waitFor();
      await shot(page, "stations");
      await page.getByLabel("名称、编号、地址或共建单位").fill("BT-007");
      await page.keyboard.press("Enter");
      await page.getByText("共 1 个驿站").waitFor();
      await page.getByRole("link", { name: "驿站（7号）" }).click();
      await page.getByRole("heading", { name: "到站与服务" }).waitFor();
      await page.getByText("微波炉").first().waitFor();
      await shot(page, "station-demo");
      await page.goto(`${program.url}/stations`);
    });

    test("a file is looked through in words before anything is written", async () => {
      await page.getByRole("button", { name: /^导\s*入$/ }).click();
      const window = dialog(page, "导入驿站");
      const pick = (text) =>
        window
          .locator("input[type=file]")
          .setInputFiles({ name: "驿站.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
      await pick(SHEET);
      await window.getByText("共建驿站请填写场地提供单位").waitFor();
      assert.ok(await window.getByRole("button", { name: /^导\s*入$/ }).isDisabled());
      await shot(page, "stations-import");
      await pick(SHEET.replace("共建,,", "共建,建设银行二宫支行,"));
      await window.getByText("新增 2 个").waitFor();
      await said(page, "已导入：新增 2 个", () =>
        window
          .getByRole("button", { name: /导\s*入/ })
          .last()
          .click(),
      );
      await page.getByText("共 210 个驿站").waitFor();
    });

    test("a station is opened only when somebody answers for it", async () => {
      await enrol(program, page, [master, rider]);
      await page.getByLabel("名称、编号、地址或共建单位").fill("S-901");
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: "东河和平路驿站" }).click();
      await page.getByRole("button", { name: /开\s*放$/ }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /开\s*放/ })
        .click();
      await page.getByText("开放前还缺：站长").waitFor();
      await page.getByRole("button", { name: "知道了" }).click();
      await page.getByRole("button", { name: /任\s*命/ }).click();
      const window = dialog(page, "任命站长、副站长");
      await window.getByLabel("人员").fill(master.phone);
      await page.locator(".ant-select-item-option").first().click();
      await window.getByRole("button", { name: /任\s*命/ }).click();
      await page.getByText("在任").waitFor();
      await page.getByRole("button", { name: /开\s*放$/ }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /开\s*放/ })
        .click();
      await page.getByRole("button", { name: "暂停开放" }).click();
      const pause = dialog(page, "暂停开放");
      await pause.getByLabel("原因").fill("线路检修");
      await pause.getByRole("button", { name: /暂\s*停/ }).click();
      // One that pauses is not paused a second time: what was said of it is changed, or it opens again.
      await page.getByRole("button", { name: "修改暂停" }).click();
      const change = dialog(page, "修改暂停");
      assert.equal(await change.getByLabel("原因").inputValue(), "线路检修");
      await change.getByRole("button", { name: /取\s*消/ }).click();
      await page.getByRole("button", { name: "恢复开放" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "恢复开放" }).click();
      await page.getByRole("button", { name: "暂停开放" }).waitFor();
    });

    test("particulars are changed, and a place of another map is put right", async () => {
      await page.getByRole("button", { name: /修\s*改/ }).click();
      const window = dialog(page, "修改：东河和平路驿站");
      await choose(page, window.getByLabel("服务", { exact: true }), "义剪");
      await window.getByLabel("可同时容纳（人）").fill("26");
      await window.getByLabel("周日").fill("");
      await window.getByRole("button", { name: /保\s*存/ }).click();
      await page.getByText("26 人").waitFor();
      await page.getByText("周日 不开放").waitFor();
      await shot(page, "station");
    });

    test("its place is set on a map by keys in the numbers of the map that was typed from, and its page shows it", async () => {
      const forbidden = [];
      page.on("console", (line) => {
        if (line.text().includes("Content Security Policy")) forbidden.push(line.text());
      });
      const place = async () => (await ask("/stations?q=S-901")).items[0].position;
      const before = await place();
      await page.getByRole("button", { name: /修\s*改/ }).click();
      const window = dialog(page, "修改：东河和平路驿站");
      await choose(page, window.getByLabel("坐标系"), "高德");
      await window.getByLabel("经度").fill("110.05");
      await window.getByLabel("纬度").fill("40.58");
      await window.getByRole("button", { name: "在地图上选" }).click();
      const picking = dialog(page, "在地图上选位置");
      const marker = picking.getByRole("button", { name: /^驿站位置/ });
      await marker.waitFor();
      await picking.getByText("高德、腾讯地图（GCJ-02）：东经 110.05000，北纬 40.58000").waitFor();
      await picking.getByText("只有区划轮廓，没有街道图").waitFor();
      // The keyboard goes round in the window, and not into the form that it covers.
      await picking.getByRole("button", { name: "用这个位置" }).focus();
      const isThere = () => marker.evaluate((one) => one === document.activeElement);
      for (let presses = 0; presses < 6 && !(await isThere()); presses += 1) await page.keyboard.press("Tab");
      assert.ok(await isThere());
      await page.keyboard.press("Shift+ArrowRight");
      const moved = (words) => words.includes("东经 110.05") && !words.includes("东经 110.05000");
      const words = await until(() => picking.getByRole("status").innerText(), moved);
      assert.ok(moved(words), words);
      await shot(page, "station-pick");
      assert.deepEqual(await barriers(page, "pick"), []);
      await page.setViewportSize({ width: 390, height: 844 });
      await shot(page, "station-pick-phone");
      await page.setViewportSize(DESK.viewport);
      await picking.getByRole("button", { name: "用这个位置" }).click();
      await picking.waitFor({ state: "hidden" });
      assert.match(await window.getByLabel("经度").inputValue(), /^110\.05\d{4}$/);
      await window.getByRole("button", { name: /保\s*存/ }).click();
      await window.waitFor({ state: "hidden" });
      // To the east alone, by ten pixels of a map of a few kilometres.
      const after = await place();
      const [east, north] = [after.longitude - before.longitude, after.latitude - before.latitude];
      assert.ok(east > 0.0001 && east < 0.01 && Math.abs(north) < 0.00001, `${east}, ${north}`);

      await page.getByRole("button", { name: "看地图" }).click();
      const map = page.getByRole("group", { name: "东河和平路驿站在地图上" });
      await map.getByRole("img", { name: "东河和平路驿站", exact: true }).waitFor();
      await page.getByRole("list", { name: "附近的驿站" }).getByRole("listitem").first().waitFor();
      await shot(page, "station-place");
      assert.deepEqual(await barriers(page, "place"), []);
      await page.getByRole("button", { name: "收起地图" }).click();
      await map.waitFor({ state: "detached" });
      assert.deepEqual(forbidden, []);
    });

    test("the day is written on the phone once, also without a network", async () => {
      const duty = await phone(master, "duty");
      await duty.getByText("站长 ·").waitFor();
      await duty.getByRole("button", { name: "检查" }).click();
      await duty.getByRole("checkbox", { name: "室内整洁" }).click();
      await duty.getByLabel("哪里不正常").fill("桌腿松了");
      await duty.getByRole("button", { name: "1 项不正常，提交" }).click();
      await duty.getByText("室内整洁，桌椅完好（桌腿松了）").waitFor();
      await shot(duty, "duty-round");
      // What was marked wrongly is put right, and what it said before is struck out.
      await duty.getByRole("button", { name: /^更正.*开站检查$/ }).click();
      await duty.getByLabel("哪里不正常").fill("桌腿断了");
      await duty.getByRole("button", { name: "更正为：1 项不正常" }).click();
      await duty.getByText("室内整洁，桌椅完好（桌腿断了）").first().waitFor();
      await duty.getByRole("deletion").filter({ hasText: "桌腿松了" }).waitFor();
      await shot(duty, "duty-round-corrected");
      await duty.getByRole("button", { name: "登记", exact: true }).first().click();

      const card = await phone(rider, "pass");
      await card.getByRole("img", { name: "到站码二维码" }).waitFor();
      await shot(card, "station-code");
      await card.getByText("扫不了？").click();
      const code = await card.locator(".code-text").innerText();
      const scan = async () => {
        await duty.getByLabel("到站码").fill(code);
        await duty.getByLabel("到站码").press("Enter");
      };
      await scan();
      await duty.getByText("已登记。").waitFor();
      await scan();
      await duty.getByText("没有重复计数").waitFor();
      await duty.getByLabel("到站码").press("Enter");
      await duty
        .locator("form")
        .filter({ has: duty.getByLabel("到站码") })
        .getByText("请扫描或输入到站码。")
        .waitFor();

      // What he had stands on his record with where he had it, and leads there.
      await card.goto(`${program.url}/w/records`);
      const visit = card.getByRole("listitem").filter({ hasText: "驿站到站" });
      await visit.getByRole("link", { name: "东河和平路驿站" }).waitFor();
      await shot(card, "records-where");
      await visit.getByRole("link", { name: "东河和平路驿站" }).click();
      await card.waitForURL(/\/w\/stations\?named=/);

      await duty.context().setOffline(true);
      await duty.getByText("义剪", { exact: true }).click();
      await duty.getByLabel("职工群体").selectOption("courier");
      await duty.getByLabel("人数").fill("3");
      await duty.getByRole("button", { name: "登记义剪" }).click();
      await duty.getByText("1 条记在本机").waitFor();
      await duty.getByText("到站", { exact: true }).click();
      await duty.getByLabel("人数").fill("5");
      await duty.getByRole("button", { name: "登记到站" }).dblclick();
      const kept = duty.getByText("2 条记在本机");
      await kept.waitFor();
      // It is read where the button is, far down the page.
      const { y } = await kept.boundingBox();
      assert.ok(y >= 0 && y < PHONE.viewport.height, `${y}`);
      await shot(duty, "duty-offline");
      await duty.context().setOffline(false);
      await duty.getByText("今天到站 6 人次，服务 3 人次").waitFor();

      await duty.getByRole("button", { name: "检查", exact: true }).click();
      await duty.getByText("拍照或选照片").waitFor();
      const beyond = await duty.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(beyond, 0, "the page scrolls sideways");
      await duty.getByRole("button", { name: "今天", exact: true }).click();
      await duty.getByRole("listitem").filter({ hasText: "5 人次" }).getByRole("button", { name: "撤回" }).click();
      await duty.getByLabel("撤回原因").fill("多记了一遍");
      await duty.getByRole("button", { name: "撤回这条登记" }).click();
      await duty.getByText("今天到站 1 人次，服务 3 人次").waitFor();
      await shot(duty, "duty-today");
      await duty.getByRole("button", { name: "设施", exact: true }).click();
      await duty.getByText("微波炉").waitFor();
      await duty.locator(".box").filter({ hasText: "微波炉" }).getByRole("button", { name: "报修" }).click();
      await duty.getByLabel("哪里坏了").fill("不加热");
      await duty.getByRole("button", { name: "报修微波炉" }).click();
      await duty.getByText("故障（不加热）").waitFor();

      await duty.getByRole("button", { name: "药品物资" }).click();
      await duty.getByRole("button", { name: "登记入库" }).click();
      await duty.getByText("物资", { exact: true }).click();
      await duty.getByLabel("名称").fill("冰袋");
      await duty.getByLabel("数量").fill("1");
      await duty.getByLabel("单位").fill("个");
      await duty.getByRole("button", { name: "入库", exact: true }).click();
      await duty.getByRole("article", { name: "冰袋" }).waitFor();

      await duty.getByRole("button", { name: "事件急救" }).click();
      await duty.getByLabel("用了哪些药品、物资").selectOption({ label: "冰袋（库存1个）" });
      await duty.getByLabel("用了多少冰袋（个）").fill("2");
      await shot(duty, "duty-incident-form");
      await duty.context().setOffline(true);
      await duty.getByLabel("类型").selectOption("heat_stroke");
      await duty.getByLabel("发生了什么").fill("骑手进站后头晕、站不稳");
      await duty.getByLabel("怎么处理的").fill("降温补水，拨打120");
      await duty.getByLabel("被救助人姓名和电话").fill("张师傅 13800000000");
      await duty.getByRole("checkbox", { name: "救护车来过" }).check();
      await duty.getByRole("button", { name: "登记事件" }).click();
      await duty.getByText("1 条记在本机").waitFor();
      await duty.context().setOffline(false);
      await duty.getByText("等工会跟进").waitFor();
      await duty.getByText("冰袋 2个（库存只有1个，另1个不在账上，请核对库存）").waitFor();
      await shot(duty, "duty-incident");
      const article = duty.getByRole("article", { name: "中暑" });
      await article.getByRole("button", { name: "更正中暑：骑手进站后头晕、站不稳" }).click();
      await article.getByLabel("发生了什么").fill("环卫工进站后头晕、站不稳");
      await article.getByLabel("用了多少冰袋（个）").fill("1");
      await shot(duty, "duty-incident-correct");
      await article.getByRole("button", { name: "保存更正" }).click();
      await article.getByText("环卫工进站后头晕、站不稳").first().waitFor();
      const before = article.getByRole("deletion");
      await before.filter({ hasText: "骑手进站后头晕、站不稳" }).waitFor();
      await article.getByText("用了：冰袋 1个", { exact: true }).waitFor();
      await article.getByText("等工会跟进").waitFor();
    });

    test("officers see the day, and what is broken", async () => {
      await page.reload();
      await page.getByText("不加热").waitFor();
      await page.getByText("已撤回：多记了一遍").waitFor();
      await page.getByText("1 项不正常").waitFor();
      await page.getByRole("row").filter({ hasText: "桌腿断了" }).getByRole("deletion").waitFor();
      await shot(page, "station-day");
      await page.goto(`${program.url}/stations?attention=faults&q=S-901`);
      await page.getByText("共 1 个驿站").waitFor();
      const [station] = (await ask("/stations?q=S-901")).items;
      const facts = await ask(`/facts?organisation=${station.organisation_id}&kinds=station_service&limit=1`);
      assert.equal(facts.items[0].quantity, 3);
    });

    test("the station's year counts what was just written down, and each figure opens its records", async () => {
      const [station] = (await ask("/stations?q=S-901")).items;
      await page.goto(`${program.url}/stations/${station.id}`);
      await page.getByText("已撤回：多记了一遍").waitFor();
      await page.getByRole("link", { name: /^1人次：\d+年到站的记录$/ }).waitFor();
      await shot(page, "station-year");
      await page.getByRole("link", { name: /^3人次：\d+年义剪的记录$/ }).click();
      // Visits, taken back or not, are no haircuts.
      await page.getByText("已撤回：多记了一遍").waitFor({ state: "detached" });
      await page.getByRole("row").filter({ hasText: "按人数" }).filter({ hasText: "义剪" }).waitFor();
      const heading = page.getByRole("heading", { name: "到站与服务" });
      assert.ok(await heading.evaluate((one) => one === document.activeElement));
    });

    test("an incident that was written down without a network is followed up by the union", async () => {
      await page.goto(`${program.url}/`);
      await page.getByRole("link", { name: "待跟进的驿站事件" }).click();
      await page.getByText("环卫工进站后头晕、站不稳").waitFor();
      await shot(page, "station-incidents");
      const row = page.getByRole("row").filter({ hasText: "环卫工进站后头晕、站不稳" });
      // What its writer put right says what it said before, and when it was changed.
      await row.getByText("更正，原来：").waitFor();
      await row.getByRole("deletion").filter({ hasText: "骑手进站后头晕、站不稳" }).waitFor();
      await row.getByRole("button", { name: /查\s*看/ }).click();
      const asked = dialog(page, "查看被救助人");
      await asked.getByLabel("原因").fill("次日回访");
      await asked.getByRole("button", { name: /查\s*看/ }).click();
      await page.getByText("张师傅 13800000000").waitFor();
      await page.keyboard.press("Escape");
      await row.getByRole("button", { name: /办\s*结/ }).click();
      const closing = dialog(page, "办结这件事");
      await closing.getByLabel("后续处理结果").fill("已康复上岗");
      await closing.getByRole("button", { name: /办\s*结/ }).click();
      await row.waitFor({ state: "detached" });
    });

    test("the wall tells who comes, and when", async () => {
      const [place] = (await ask("/organisations?q=150202&limit=1")).items;
      await page.setViewportSize({ width: 1920, height: 1080 });
      await page.goto(`${program.url}/screen/stations/${place.id}`);
      await page.getByText("今天到站").waitFor();
      await page.getByText("几点来的人多").waitFor();
      await shot(page, "stations-wall");
    });
  });
}

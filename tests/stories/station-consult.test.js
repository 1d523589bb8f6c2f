// Story 8: a worker books an hour with the lawyer on his phone, the lawyer writes down what was said, the worker reads it, and
// neither the station's master nor another officer can.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { choose, dialog, enter, go, shot } from "./desk.js";
import { get, openStation } from "./interface.js";
import { person } from "./people.js";
import { heldBy } from "./phone.js";
import { DATABASES, start } from "./program.js";
import { IS_LATE } from "./today.js";

const SAID = "欠薪两个月，没有合同。先向劳动监察投诉，同时申请法律援助。";

for (const database of DATABASES) {
  describe(`desks on ${database}`, () => {
    let program;
    let page;
    let lawyer;
    let phone;
    let station;
    const [master, rider] = [person(831), person(832)];

    before(async () => {
      program = await start(database);
      page = await enter(program, "baotou");
      station = await openStation(program, page, { code: "S-931", name: "东河法援驿站", address: "东河区和平路31号" }, [master, rider]);
    });
    after(() => program?.stop());

    const ask = (path, by = page) => get(program, by, path);

    const held = (who, path) => heldBy(program, who, path);

    test("the officer sets a desk up with the lawyer at it", async () => {
      await go(page, "咨询窗口");
      await page.getByText("共 6 个窗口").waitFor();
      await page.getByRole("button", { name: "设立窗口" }).click();
      const window = dialog(page, "设立咨询窗口");
      await window.getByLabel("驿站", { exact: true }).fill("S-931");
      await page.locator(".ant-select-item-option").filter({ hasText: "东河法援驿站" }).click();
      await choose(page, window.getByLabel("咨询人员"), "张律师");
      // Round the clock and short, so that the story can be told at any hour: today still has a time that is free.
      await window.getByLabel("每次咨询（分钟）").fill("10");
      await window.getByLabel("周一").fill("0:00-24:00");
      await window.getByRole("button", { name: "每天都同周一" }).click();
      await window.getByLabel("说明").fill("二楼，请带劳动合同");
      await shot(page, "station-desk-window");
      await window.getByRole("button", { name: /设\s*立/ }).click();
      await page.getByText("共 7 个窗口").waitFor();
      await shot(page, "station-desks");
    });

    test("a worker books, moves and books again on his phone", { skip: IS_LATE }, async () => {
      phone = await held(rider, "desks");
      await phone.getByLabel("驿站名称或地址").fill("东河法援");
      await phone.getByRole("button", { name: "查找" }).click();
      await phone.getByRole("button", { name: "选时间：法律援助 东河法援驿站" }).click();
      await phone.getByLabel("日期").selectOption({ index: 1 });
      await phone.locator("fieldset.taps").last().locator("label").nth(20).click();
      await shot(phone, "phone-desk-times");
      await phone.getByRole("button", { name: /^预约 / }).click();
      await phone.getByText("已预约").waitFor();
      await phone.getByRole("button", { name: "改期" }).click();
      await phone.getByLabel("日期").first().selectOption({ index: 0 });
      const times = phone.locator("fieldset.taps").first().locator("label");
      await times.nth(1).click();
      await phone.getByRole("button", { name: /^改到 / }).click();
      await phone.getByRole("button", { name: /^改到 / }).waitFor({ state: "detached" });
      await shot(phone, "phone-desks");
    });

    test("the lawyer marks that he came and writes it down", { skip: IS_LATE }, async () => {
      lawyer = await enter(program, "lvshi");
      await go(lawyer, "我的咨询");
      const row = lawyer.getByRole("row").filter({ hasText: "东河法援驿站" });
      await row.getByRole("button", { name: "已到" }).click();
      await row.getByRole("button", { name: "写记录" }).click();
      const window = dialog(lawyer, "咨询记录");
      await window.getByLabel("咨询内容和答复").fill(SAID);
      await window.getByRole("button", { name: /保\s*存/ }).click();
      await row.getByText("已写").waitFor();
      await shot(lawyer, "station-consultations");
      await row.getByRole("button", { name: "打开记录" }).click();
      assert.equal(await dialog(lawyer, "咨询记录").getByLabel("咨询内容和答复").inputValue(), SAID);
    });

    test("the worker reads it, the master and another officer can't", { skip: IS_LATE }, async () => {
      await phone.reload();
      await phone.getByText("咨询记录", { exact: true }).click();
      await phone.getByText(SAID).waitFor();
      await shot(phone, "phone-desk-record");
      const desk = await held(master, "desks");
      await desk.getByRole("heading", { name: "预约咨询" }).waitFor();
      assert.equal(await desk.getByText("我的预约").count(), 0);
      assert.ok(!JSON.stringify(await ask(`/me/stations/${station.id}`, desk)).includes("欠薪"));
      assert.deepEqual(await ask("/station-consultations"), []);
      const facts = await ask(`/facts?organisation=${station.organisation_id}&kinds=station_consultation&limit=200`);
      assert.ok(facts.items.length > 0);
      assert.ok(!JSON.stringify(facts).includes("欠薪"));
    });
  });
}

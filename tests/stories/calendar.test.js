// The calendar that deadlines are counted by: the coming year is read from the State Council's notice, a day is changed by
// the keyboard, and whoever saves over somebody else's change is told.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { dialog, enter, shot } from "./desk.js";
import { get } from "./interface.js";
import { on, start } from "./program.js";

const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历腊月二十九、周五）至11日（农历正月初六、周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
三、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。`;

for (const database of on("PostgreSQL")) {
  describe(`the working calendar on ${database}`, () => {
    let program;
    before(async () => {
      program = await start(database);
    });
    afterEach(() => program?.leave());
    after(() => program?.stop());

    const year = async (page) => {
      const answer = await get(program, page, "/calendar/2027");
      return { loaded: answer.loaded, days: Object.fromEntries(answer.days.map((one) => [one.day, one.is_off])) };
    };
    const day = (page, words) => page.getByRole("button", { name: words, exact: true });

    test("the coming year is read from the notice, and nothing else is taken for it", async () => {
      const page = await enter(program, "system");
      await page
        .getByRole("link", { name: /^待载入的20\d\d年放假安排$/ })
        .first()
        .click();
      await page.getByText(/^20\d\d年的放假安排还没有载入/).waitFor();
      await page.goto(`${program.url}/calendar?year=2027`);
      await page.getByText("2027年的放假安排还没有载入").waitFor();
      assert.equal(await page.getByRole("button", { name: "设定日期" }).count(), 0);
      await page.getByRole("button", { name: "载入放假安排" }).click();
      const form = dialog(page, "载入2027年放假安排");
      const text = form.getByLabel("国务院办公厅通知的正文");
      await text.fill(NOTICE.replace("2027", "2026"));
      await form.getByText("这是2026年的通知，现在载入的是2027年").waitFor();
      await text.fill(NOTICE.replace("共7天", "共8天"));
      await form.getByText("“春节”写的是8天，认出7天，请核对").waitFor();
      await text.fill(NOTICE);
      await form.getByText("认出 17 天，请与通知核对").waitFor();
      await shot(page, "calendar-load");
      await form.getByRole("button", { name: "载 入" }).click();
      await form.waitFor({ state: "detached" });
      await day(page, "1月31日，春节上班").waitFor();
      const { loaded, days } = await year(page);
      assert.equal(loaded, true);
      assert.equal(Object.values(days).filter((off) => off).length, 15);
      assert.equal(days["2027-02-14"], false);
      await page.getByText("国务院办公厅关于2027年部分节假日安排的通知").waitFor();
    });

    test("a day is found and changed by the keyboard alone", async () => {
      const page = await enter(program, "system");
      await page.goto(`${program.url}/calendar?year=2027`);
      await day(page, "1月1日，元旦放假").focus();
      await page.keyboard.press("ArrowDown");
      for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press("ArrowLeft");
      assert.equal(await page.evaluate(() => document.activeElement.dataset.day), "2027-01-05");
      await page.keyboard.press("Enter");
      const form = dialog(page, "设定放假或上班");
      await form.getByLabel("节日名称").fill("补假");
      await form.getByRole("button", { name: "保 存" }).press("Enter");
      await day(page, "1月5日，补假放假").waitFor();
      assert.equal((await year(page)).days["2027-01-05"], true);
    });

    test("whoever saves over a change that he did not see is told, and then sees it", async () => {
      const [first, second] = [await enter(program, "system"), await enter(program, "system")];
      const set = async (page, words, name) => {
        await day(page, words).click();
        const form = dialog(page, "设定放假或上班");
        await form.getByLabel("节日名称").fill(name);
        await form.getByRole("button", { name: "保 存" }).click();
        return form;
      };
      for (const page of [first, second]) await page.goto(`${program.url}/calendar?year=2027`);
      await day(second, "3月2日").waitFor();
      await set(first, "3月1日", "先到");
      await day(first, "3月1日，先到放假").waitFor();
      const refused = await set(second, "3月2日", "后到");
      await refused.getByText("别人刚刚改过").waitFor();
      await day(second, "3月1日，先到放假").waitFor();
      await refused.getByRole("button", { name: "保 存" }).click();
      await day(second, "3月2日，后到放假").waitFor();
      const { days } = await year(second);
      assert.deepEqual([days["2027-03-01"], days["2027-03-02"]], [true, true]);
    });

    test("who may not change the calendar reads it", async () => {
      const page = await enter(program, "quzong");
      await page.goto(`${program.url}/calendar?year=2026`);
      await page.getByRole("cell", { name: "2月15日至2月23日" }).waitFor();
      assert.ok(await day(page, "2月14日，春节上班").isDisabled());
      assert.equal(await page.getByRole("button", { name: "载入放假安排" }).count(), 0);
    });
  });
}

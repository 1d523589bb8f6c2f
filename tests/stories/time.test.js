// Time goes on while pages stand open and while nobody is there: the year turns under a page of the evening before, and a house
// that stood still until a leap day goes on.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { madeClock } from "../clock/clock.js";
import { settled } from "./access.js";
import { choose, chooseOwn, dialog, enter, go, open, said, unfold } from "./desk.js";
import { get } from "./interface.js";
import { start } from "./program.js";
import { YEAR } from "./today.js";

describe("time that goes on", () => {
  const clock = madeClock();
  let program;
  before(async () => {
    program = await start("SQLite", clock.environment);
  });
  afterEach(() => program?.leave());
  after(async () => {
    await program?.stop();
    clock.remove();
  });

  /** Sets the program's clock, and that of whose page it is. */
  const setTo = async (time, page) => {
    clock.set(Math.round((Date.parse(time) - Date.now()) / 1000));
    await page?.clock.setSystemTime(time);
  };

  test("a service is of the year in which it is recorded, though the page is of the evening before", async () => {
    await setTo(`${YEAR}-12-31T23:55:00+08:00`);
    const page = await enter(program, "baotou");
    await page.clock.setSystemTime(`${YEAR}-12-31T23:55:00+08:00`);
    await go(page, "台账");
    const [{ id }] = (await get(program, page, "/session")).organisations;
    const visits = async (year) => {
      const asked = `organisation=${id}&from=${year}-01-01&to=${year}-12-31&kinds=consolation_visit&by=none`;
      return (await get(program, page, `/figures?${asked}`)).items[0].person_times;
    };
    const record = async (day) => {
      await page.getByRole("button", { name: "登记服务" }).click();
      const form = dialog(page, "登记服务");
      await choose(page, form.getByLabel("服务", { exact: true }), "走访慰问");
      assert.equal(await form.getByLabel("日期").inputValue(), day);
      await form.getByRole("spinbutton").fill("1");
      await said(page, "已记入台账", () => form.getByRole("button", { name: "登 记" }).click());
    };
    const before = await visits(YEAR);
    await record(`${YEAR}-12-31`);
    await setTo(`${YEAR + 1}-01-01T00:05:00+08:00`, page);
    await record(`${YEAR + 1}-01-01`);
    assert.deepEqual([await visits(YEAR), await visits(YEAR + 1)], [before + 1, 1]);
  });

  test("a house that stood still until a leap day opens all its pages, to a password of its own day", async () => {
    const leap = YEAR + 4 - (YEAR % 4);
    await program.restart(() => setTo(`${leap}-02-29T09:00:00+08:00`));
    const page = await open(program, "quzong");
    await chooseOwn(page, "Niangjia-leap-29");
    await page.getByRole("button", { name: "：账号" }).waitFor();
    await page.getByText(`${leap}年2月29日`).first().waitFor();
    await unfold(page);
    const broken = [];
    for (const link of (await page.getByRole("navigation", { name: "主菜单" }).getByRole("link").all()).slice(1)) {
      const before = await page.locator("h1").first().elementHandle();
      await link.click();
      await page.waitForFunction((head) => !head.isConnected, before);
      await settled(page);
      const fallen = page.getByRole("heading", { name: "页面没有打开" }).or(page.locator(".ant-alert-error"));
      if (await fallen.count()) broken.push(`${await link.innerText()}: ${await fallen.first().innerText()}`);
    }
    assert.deepEqual(broken, []);
    assert.doesNotMatch(program.log(), /ERROR|panicked/);
  });
});

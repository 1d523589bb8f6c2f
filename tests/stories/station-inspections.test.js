// Story 8: inspections of many stations are planned at once, and cancelled together where that was a mistake; and where two
// inspectors mark the same one on their phones, whoever saves second decides whose marks hold.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { dialog, enter, go, said, shot } from "./desk.js";
import { get, loadDaysOff, openStation, post } from "./interface.js";
import { person } from "./people.js";
import { PHONE } from "./phone.js";
import { on, start } from "./program.js";
import { dayAfter } from "./today.js";

const NAMES = ["东河批检驿站甲", "东河批检驿站乙", "东河批检驿站丙"];
const TEAM = "市总工会保障工作部";

for (const database of on("SQLite")) {
  describe(`inspections of many stations on ${database}`, () => {
    let program;
    let page;
    let region;
    let stations;

    before(async () => {
      program = await start(database);
      // A month from now may be next year.
      await loadDaysOff(program, await enter(program, "system"));
      [page, region] = [await enter(program, "baotou"), await enter(program, "quzong")];
      stations = [];
      for (const [at, name] of NAMES.entries()) {
        const station = { code: `S-96${at}`, name, address: `东河区和平路6${at}号` };
        stations.push(await openStation(program, page, station, [person(861 + at)]));
      }
    });
    after(() => program?.stop());

    /** How many inspections of the three are planned. */
    const planned = async () => {
      const of = ({ id }) => get(program, page, `/station-inspections?station=${id}&state=planned`);
      return (await Promise.all(stations.map(of))).map((found) => found.total);
    };
    const planOne = (station) =>
      post(program, page, "/station-inspections", {
        station_id: station.id,
        kind: "planned",
        planned_on: dayAfter(3),
        team: TEAM,
      });

    /** Plans what the window says it is for. */
    const plan = async (button, says) => {
      await page.getByRole("button", { name: button }).click();
      const window = dialog(page, "批量安排检查");
      await window.getByText(says).waitFor();
      await window.getByLabel("检查单位、检查组或检查人").fill(TEAM);
      await shot(page, "station-plan-many");
      await window.getByRole("button", { name: /^安\s*排$/ }).click();
    };

    /** Says why what a button cancels is cancelled. */
    const cancel = async (button) => {
      await page.getByRole("button", { name: button }).click();
      const window = dialog(page, button);
      await window.getByRole("button", { name: "不取消" }).waitFor();
      await window.getByLabel("原因").fill("选错了驿站");
      await window.getByRole("button", { name: button }).click();
    };

    test("all that a filter finds are planned, the one that stands is named, and the plan is taken back", async () => {
      await planOne(stations[2]);
      await page.goto(`${program.url}/stations?q=${encodeURIComponent("批检")}`);
      await page.getByText("共 3 个驿站").waitFor();
      await plan("为符合条件的驿站安排检查", /^将为包头市总工会及下级的 3 个驿站安排检查（.*批检/);
      const told = dialog(page, "已安排 2 个，1 个没有安排");
      await told.getByText(/^东河批检驿站丙：已安排.*检查，还没有登记结果。$/).waitFor();
      await shot(page, "station-plan-refused");
      await told.getByRole("button", { name: "知道了" }).click();
      assert.deepEqual(await planned(), [1, 1, 1]);
      await page.setViewportSize(PHONE.viewport);
      await page.getByRole("button", { name: "取消刚安排的 2 次检查" }).scrollIntoViewIfNeeded();
      await shot(page, "station-plan-narrow");
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(beyond, 0, "the page scrolls sideways");
      await page.setViewportSize({ width: 1440, height: 900 });
      await said(page, "已取消 2 次检查。", () => cancel("取消刚安排的 2 次检查"));
      await page.getByRole("button", { name: /取消刚安排/ }).waitFor({ state: "detached" });
      assert.deepEqual(await planned(), [0, 0, 1]);
    });

    test("whoever has left the page cancels what he planned in the list, and is told what somebody else was faster with", async () => {
      for (const name of NAMES.slice(0, 2)) await page.getByRole("checkbox", { name: `选择${name}` }).check();
      await said(page, "已安排 2 个。", () => plan("批量安排检查（2）", "将为选中的 2 个驿站安排检查。"));
      assert.deepEqual(await planned(), [1, 1, 1]);
      await go(page, "驿站检查");
      // The newest come first, and both that were cancelled stand there, too: those can't be chosen.
      const rows = (name) => page.getByRole("row").filter({ hasText: name });
      for (const name of NAMES.slice(0, 2)) {
        await rows(name).nth(1).getByText("已取消").waitFor();
        assert.ok(await rows(name).nth(1).getByRole("checkbox").isDisabled());
        await rows(name).first().getByRole("checkbox").check();
      }
      await shot(page, "station-inspections-chosen");
      assert.deepEqual(await barriers(page, "inspections that are chosen"), []);
      const [faster] = (await get(program, region, `/station-inspections?station=${stations[1].id}&state=planned`)).items;
      await post(program, region, `/station-inspections/${faster.id}/cancel`, { reason: "改由自治区检查" });
      await cancel("取消选中的 2 次检查");
      const told = dialog(page, "已取消 1 次检查，1 次没有取消");
      await told.getByText(/^东河批检驿站乙：/).waitFor();
      await told.getByRole("button", { name: "知道了" }).click();
      await rows(NAMES[1]).first().getByText("已取消").waitFor();
      assert.deepEqual(await planned(), [0, 0, 1]);
    });

    test("two mark the same inspection on their phones, and whoever saves second decides whose marks hold", async () => {
      const { id } = await planOne(stations[0]);
      const { marks } = await get(program, page, `/station-inspections/${id}`);
      const [first, second] = marks;
      for (const one of [page, region]) {
        await one.setViewportSize(PHONE.viewport);
        await one.goto(`${program.url}/station-inspections/${id}`);
        await one.getByLabel(`${first.label}的得分`).waitFor();
      }
      const field = (one, mark) => one.getByLabel(`${mark.label}的得分`);
      const kept = async () => {
        const { draft } = await get(program, page, `/station-inspections/${id}`);
        return [first, second].map(({ code }) => draft.marks.find((mark) => mark.code === code).score);
      };
      const asked = (one) => one.getByRole("alert").filter({ hasText: "这次检查有两份登记" });
      const saved = (one) => one.getByText("已保存。可以关闭本页").waitFor();

      await field(page, first).fill("3");
      await field(page, second).fill("2");
      await saved(page);
      await field(region, first).fill("1");
      await asked(region).getByText("包头市总工会 业务干部").first().waitFor();
      await asked(region).getByText("已评 2 项；您").waitFor();
      const cells = (one, what) => asked(one).getByRole("row").filter({ hasText: what }).getByRole("cell").allInnerTexts();
      assert.deepEqual(await cells(region, first.label), [first.label, "3 分", "1 分"]);
      assert.deepEqual(await cells(region, second.label), [second.label, "2 分", "未评"]);
      await shot(region, "station-draft-overtaken");
      assert.deepEqual(await barriers(region, "two drafts of one inspection"), []);
      // What nobody has decided yet changes nothing, also after the page was closed.
      await region.reload();
      await asked(region).waitFor();
      assert.deepEqual(await kept(), [3, 2]);
      await region.getByRole("button", { name: "用已保存的登记" }).click();
      assert.deepEqual([await field(region, first).inputValue(), await field(region, second).inputValue()], ["3", "2"]);

      // The first marks on where there is no network, and it is he who comes second.
      await page.context().setOffline(true);
      await field(page, second).fill("5");
      await field(region, first).fill(`${first.weight}`);
      await saved(region);
      await page.context().setOffline(false);
      await asked(page).getByText("自治区总工会 业务干部").first().waitFor();
      await page.getByRole("button", { name: "用这台设备上的登记" }).click();
      await saved(page);
      assert.deepEqual(await kept(), [3, 5]);
      for (const mark of marks) await field(page, mark).fill(`${mark === second ? 5 : mark.weight}`);
      await page.getByRole("button", { name: "提交检查结果" }).click();
      const points = marks.reduce((sum, mark) => sum + mark.weight, 0) - (second.weight - 5);
      await page.getByText(`得分 ${points} 分`).waitFor();
      await region.reload();
      await region.getByText(`得分 ${points} 分`).waitFor();
      await shot(region, "station-draft-decided");
    });
  });
}

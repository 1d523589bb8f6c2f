// Story 8: an official is master for a day. What he held and what workers asked him for stands on the ledger at once; who keeps
// stations in the region reads what was asked, a leader who only looks doesn't; and a turn that is taken back takes all along.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { choose, dialog, enter, go, shot } from "./desk.js";
import { get, openStation } from "./interface.js";
import { person } from "./people.js";
import { on, start } from "./program.js";
import { dayAfter } from "./today.js";

const NAME = "东河轮值驿站";
const WISH = "雨雪天配送时限能不能放宽";
const KINDS = ["station_guest", "station_guest_activity", "station_request"];

for (const database of on("PostgreSQL")) {
  describe(`a master for a day on ${database}`, () => {
    let program;
    let page;
    let station;

    before(async () => {
      program = await start(database);
      page = await enter(program, "baotou");
      station = await openStation(program, page, { code: "S-951", name: NAME, address: "东河区和平路51号" }, [person(851)]);
    });
    after(() => program?.stop());

    /** How many turns, activities and requests the ledger counts at the district in a year's days up to now. */
    const counted = (organisation = station.organisation_id) => {
      const days = `from=${dayAfter(-366)}&to=${dayAfter(0)}`;
      const of = async (kind) => {
        const { items } = await get(program, page, `/figures?organisation=${organisation}&kinds=${kind}&${days}`);
        return items[0].items;
      };
      return Promise.all(KINDS.map(of));
    };
    const row = (place) => place.getByRole("row").filter({ hasText: NAME });
    /** Fills in the official's day; `ask` writes down what he was asked for. */
    const write = async (ask = false) => {
      await page.getByRole("button", { name: "登记一日站长" }).click();
      const window = dialog(page, "登记一日站长");
      await window.getByLabel("驿站", { exact: true }).fill("S-951");
      await page.locator(".ant-select-item-option").filter({ hasText: NAME }).click();
      await window.getByLabel("姓名").fill("王建国");
      await window.getByLabel("单位和职务").fill("市人社局副局长");
      await window.getByLabel("当日工作").fill("宣讲工伤保险，走访骑手");
      await window.getByLabel("主持活动（场）").fill("2");
      if (ask) {
        await window.getByRole("button", { name: "加一件诉求" }).click();
        await choose(page, window.getByLabel("诉求类型"), "平台规则");
        await choose(page, window.getByLabel("职工群体"), "外卖配送员");
        await window.getByLabel("诉求内容").fill(WISH);
        await shot(page, "station-guest-window");
      }
      await window.getByRole("button", { name: /登\s*记/ }).click();
      return window;
    };

    test("a year of the prefecture's turns is on the ledger", async () => {
      const { organisations } = await get(program, page, "/session");
      const [turns, activities, requests] = await counted(organisations[0].id);
      assert.deepEqual([turns, activities], [1_655, 179]);
      assert.ok(requests > 1_000, `${requests} requests`);
    });

    let untouched;
    test("the officer writes down what he did and what he was asked for, and the ledger counts each", async () => {
      untouched = await counted();
      await go(page, "一日站长");
      await (await write(true)).waitFor({ state: "detached" });
      await row(page).getByText("2 场").waitFor();
      await row(page).getByText("1 件").waitFor();
      assert.deepEqual(await counted(), [untouched[0] + 1, untouched[1] + 2, untouched[2] + 1]);
      assert.deepEqual(await barriers(page, "masters for a day"), []);
      await shot(page, "station-guests");
    });

    test("the same day of the same official is not written down twice", async () => {
      const window = await write();
      await window.getByText("要改请先撤回原来的记录").waitFor();
      await window.getByRole("button", { name: /取\s*消/ }).click();
      assert.deepEqual(await counted(), [untouched[0] + 1, untouched[1] + 2, untouched[2] + 1]);
    });

    test("what was asked for is read by who keeps stations in the region, and not by who only looks", async () => {
      const region = await enter(program, "quzong");
      await go(region, "收集的诉求");
      await region.getByLabel("驿站名称或编号").fill("S-951");
      await region.keyboard.press("Enter");
      await row(region).getByText(WISH).waitFor();
      await row(region).getByText("王建国（市人社局副局长）").waitFor();
      await row(region).getByText("平台规则").waitFor();
      await shot(region, "station-requests");
      const leader = await enter(program, "leader");
      const refused = await leader.request.get(`${program.url}/api/v1/station-requests`);
      assert.equal(refused.status(), 403);
      const { items } = await get(program, leader, "/station-guests?q=王建国");
      assert.ok(!JSON.stringify(items).includes(WISH));
    });

    test("a turn that was a mistake is taken back with what was asked for", async () => {
      await row(page).getByRole("button", { name: /撤\s*回/ }).click();
      const window = dialog(page, "撤回这条记录");
      await window.getByLabel("原因").fill("登记错了驿站");
      await window.getByRole("button", { name: /撤\s*回/ }).click();
      await row(page).getByText("登记错了驿站").waitFor();
      assert.deepEqual(await counted(), untouched);
      assert.deepEqual((await get(program, page, "/station-requests?q=S-951")).items, []);
    });
  });
}

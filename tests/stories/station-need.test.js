// Story 8: where a new station is needed. Head counts that grow make the hint, with its reason, and a station that is opened there
// lessens it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { enter, go, shot } from "./desk.js";
import { get, openStation, post } from "./interface.js";
import { person } from "./people.js";
import { on, start } from "./program.js";
import { dayAfter } from "./today.js";

/** The most workers for one station, as the rule says as long as nobody has changed it. */
const EACH = 500;
/** How many stations more than now the head counts ask for. */
const MORE = 3;

for (const database of on("SQLite")) {
  describe(`where a station is needed on ${database}`, () => {
    let program;
    let page;
    let place;

    before(async () => {
      program = await start(database);
      page = await enter(program, "baotou");
      [place] = (await get(program, page, "/organisations?q=150202&limit=1")).items;
    });
    after(() => program?.stop());

    const below = async () => {
      const { organisations } = await get(program, page, "/session");
      return get(program, page, `/stations/need?organisation=${organisations[0].id}`);
    };
    const here = async () => (await below()).places.find((one) => one.organisation_id === place.id);
    const row = () => page.getByRole("row").filter({ hasText: place.name });
    const number = (value) => value.toLocaleString("en-US");

    test("as long as the stations are enough for the workers nothing is wanted", async () => {
      const { stations, workers, wanted } = await here();
      assert.ok(stations > 0 && workers <= EACH * stations, `${workers} workers, ${stations} stations`);
      assert.equal(wanted, 0);
      await go(page, "建站建议");
      await row().getByText("驿站够用").waitFor();
    });

    test("more workers than they can serve ask for as many more, with the reason", async () => {
      const { stations } = await here();
      const focus = (await get(program, page, "/worker-groups")).filter((one) => one.focus && one.offered);
      assert.ok(focus.length > 1);
      // All counted anew today: one worker more than so many stations can serve.
      const all = EACH * (stations + MORE - 1) + 1;
      for (const [at, { code }] of focus.entries()) {
        const workers = at === 0 ? all : 0;
        const count = { organisation_id: place.id, group: code, day: dayAfter(0), workers, source: "区人社局统计" };
        await post(program, page, "/head-counts", count);
      }
      const found = await here();
      assert.deepEqual([found.workers, found.stations, found.wanted], [all, stations, MORE]);
      assert.equal((await below()).wanted, MORE);
      await page.reload();
      const each = number(Math.ceil(all / stations));
      await row().getByText(`每个开放驿站对应${each}名户外劳动者，超过${EACH}人；建议增设${MORE}个。`).waitFor();
      await page.getByText(`建议共增设 ${MORE} 个`).waitFor();
      assert.deepEqual(await barriers(page, "where a station is needed"), []);
      await shot(page, "station-need");
    });

    test("a station that is opened there is one less that is wanted", async () => {
      const before = await here();
      await openStation(program, page, { code: "S-991", name: "东河新建驿站", address: "东河区和平路91号" }, [person(891)]);
      const after = await here();
      assert.deepEqual([after.stations, after.wanted], [before.stations + 1, MORE - 1]);
      await page.reload();
      await row().getByText(`${MORE - 1} 个`, { exact: true }).waitFor();
    });
  });
}

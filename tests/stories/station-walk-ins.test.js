// Story 8: the master writes down on his phone who came to the lawyer without having booked, takes it back, and whoever missed
// his time and came later stands at the desk once.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { behind } from "./behind.js";
import { enter, go, shot } from "./desk.js";
import { get, openStation, post } from "./interface.js";
import { person } from "./people.js";
import { heldBy } from "./phone.js";
import { on, start } from "./program.js";
import { IS_LATE, THIS_YEAR } from "./today.js";

const NAME = "东河登记驿站";
const HOUR = 3_600_000_000;
/** Why nobody's time of today is over yet. */
const IS_YOUNG = new Date(Date.now() + 8 * 3_600_000).getUTCHours() < 2 && "two hours ago was yesterday";

for (const database of on("SQLite")) {
  describe(`who comes without having booked, on ${database}`, () => {
    let program;
    let page;
    let lawyer;
    let station;
    let desk;
    let duty;
    const [master, rider] = [person(841), person(842)];

    before(async () => {
      program = await start(database);
      page = await enter(program, "baotou");
      lawyer = await enter(program, "lvshi");
      station = await openStation(program, page, { code: "S-941", name: NAME, address: "东河区和平路41号" }, [master, rider]);
      desk = await post(program, page, "/station-desks", {
        station_id: station.id,
        kind: "legal",
        adviser_id: (await get(program, lawyer, "/session")).account,
        minutes: 30,
        hours: { week: Array(7).fill([{ opens: "00:00", closes: "24:00" }]) },
      });
      duty = await heldBy(program, master, "duty?part=desks");
    });
    after(() => program?.stop());

    /** How many consultations the ledger counts at the district this year. */
    const counted = async () => {
      const asked = `/figures?organisation=${station.organisation_id}&kinds=station_consultation&${THIS_YEAR}`;
      return (await get(program, page, asked)).items[0].person_times;
    };
    /** What the lawyer's day shows of the station: how each stands. */
    const day = async () => {
      await lawyer.reload();
      await lawyer.getByRole("row").filter({ hasText: NAME }).first().waitFor();
      const rows = await lawyer.getByRole("row").filter({ hasText: NAME }).all();
      return Promise.all(rows.map((row) => row.getByRole("cell").nth(4).innerText()));
    };
    const writeDown = async () => {
      await duty.getByLabel("手机号码").fill(rider.phone);
      await duty.locator("form").filter({ has: duty.getByLabel("手机号码") }).getByRole("button", { name: "登记" }).click();
      await duty.getByRole("status").getByText("已登记：").waitFor();
    };
    const takeBack = async () => {
      await duty.getByRole("button", { name: /^撤回\d/ }).click();
      const form = duty.getByRole("form", { name: "撤回" });
      await form.getByLabel("为什么撤回").fill("登记错了人");
      await form.getByRole("button", { name: "撤回", exact: true }).click();
      await duty.getByRole("status").getByText("已撤回：").waitFor();
    };
    let untouched;

    test("the master writes him down by his number and takes it back: it counts, and counts no more", { skip: IS_LATE }, async () => {
      untouched = await counted();
      await writeDown();
      assert.equal(await counted(), untouched + 1);
      await duty.getByText("现在没有空着的咨询时段。").waitFor();
      await shot(duty, "duty-walk-in");
      await go(lawyer, "我的咨询");
      assert.deepEqual(await day(), ["已咨询（未预约）"]);
      await takeBack();
      assert.equal(await counted(), untouched);
      // It stays readable, and the time is free again.
      await duty.getByRole("listitem").getByText("已撤回：登记错了人").waitFor();
      await duty.getByRole("article").getByText("现在空着").waitFor();
      assert.deepEqual(await barriers(duty, "walk-ins"), []);
      assert.deepEqual((await day()).map((state) => state.split("\n")[0]), ["已撤回（未预约）"]);
    });

    test("whoever missed his time and comes later is one row, on all three screens", { skip: IS_LATE || IS_YOUNG }, async () => {
      const phone = await heldBy(program, rider, "desks");
      const { days } = await get(program, phone, `/me/station-desks/${desk.id}`);
      const [, { starts_at }] = days[0].times.filter((time) => time.free);
      await post(program, phone, `/me/station-desks/${desk.id}/book`, { starts_at });
      // Two hours later his time is over.
      const set = ["made_at", "starts_at", "ends_at"].map((column) => `${column} = ${column} - ${2 * HOUR}`);
      const later = `UPDATE station_booking SET ${set.join(", ")} WHERE desk_id = ? AND state = 'booked'`;
      await behind(program, later, desk.id);
      assert.equal((await day()).filter((state) => state === "已预约").length, 1);
      const row = lawyer.getByRole("row").filter({ hasText: NAME }).filter({ hasNotText: "已撤回" });
      await row.getByRole("button", { name: "未到" }).click();
      await row.getByText("未到", { exact: true }).first().waitFor();
      await phone.reload();
      const own = phone.getByRole("article", { name: /^法律援助 \d/ });
      await own.getByText("未到").waitFor();
      await writeDown();
      assert.equal(await counted(), untouched + 1);
      assert.deepEqual((await day()).map((state) => state.split("\n")[0]).sort(), ["已咨询", "已撤回（未预约）"].sort());
      await shot(lawyer, "station-came-late");
      await phone.reload();
      await own.getByText("已咨询").waitFor();
      assert.equal(await own.count(), 1);
      await shot(phone, "phone-came-late");
      await takeBack();
      assert.equal(await counted(), untouched);
      await phone.reload();
      await own.getByText("未到").waitFor();
      assert.equal(await own.count(), 1);
    });
  });
}

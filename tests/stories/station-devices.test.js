// Story 8: what master and officer see of a station without staff whose lock has a wrong clock, whose counter has missed
// somebody who left, and whose power goes off by itself once nobody is inside and comes on again with whoever enters.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { behind } from "./behind.js";
import { startBroker } from "./broker.js";
import { enter, shot } from "./desk.js";
import { openStation, post } from "./interface.js";
import { person } from "./people.js";
import { heldBy } from "./phone.js";
import { on, start } from "./program.js";

const NAME = "东河夜间驿站";
const HOUR = 3_600;
/** Within so many milliseconds all devices are looked at. */
const LOOKED_AT = 120_000;
const CLOCK = "门锁时钟不准，扫码打不开门，请校时";

for (const database of on("SQLite")) {
  describe(`devices that are wrong on ${database}`, () => {
    let broker;
    let program;
    let page;
    let station;
    let duty;
    let card;
    let counter;
    let power;
    const [master, rider] = [person(891), person(892)];
    const now = () => Math.floor(Date.now() / 1_000);

    before(async () => {
      broker = await startBroker();
      program = await start(database, broker.settings);
      page = await enter(program, "baotou");
      const hours = { week: Array(7).fill([]), self_service: true };
      station = await openStation(program, page, { code: "S-991", name: NAME, address: "东河区和平路91号", hours }, [master, rider]);
      for (const [kind, label] of [
        ["lock", "正门门锁"],
        ["counter", "门口计数器"],
        ["power", "总电源"],
      ]) {
        await post(program, page, `/stations/${station.id}/devices`, { code: `s991-${kind}`, kind, label });
      }
      [counter, power] = ["counter", "power"].map((kind) => broker.device(kind, `s991-${kind}`));
      counter.say("+3");
      duty = await heldBy(program, master, "duty?part=room");
      card = await heldBy(program, rider, "pass");
    });
    after(async () => {
      await program?.stop();
      await broker?.stop();
    });

    const alarm = (what) => duty.getByRole("alert").locator("div").filter({ hasText: what });
    /** The officer's row of an alarm. */
    const row = async (what) => {
      await page.goto(`${program.url}/station-devices`);
      return page.getByRole("row").filter({ hasText: NAME }).filter({ hasText: what }).first();
    };
    /** The rider holds his code before the lock, by whose clock it is some seconds later. */
    const scan = async (id, ahead) => {
      await card.reload();
      await card.getByText("扫不了？").click();
      const code = await card.locator(".code-text").innerText();
      await broker.tell("s991-lock/event", { id, at: now() + ahead, scan: code });
    };

    test("a lock with a wrong clock is told to the master, to the officer and to whoever stands before it", async () => {
      await duty.getByText("室内 3 人，今天进站 3 人次").waitFor();
      await broker.tell("s991-lock/state", { at: now() - HOUR, open: false, battery: 64 });
      await alarm(CLOCK).getByText("设备故障").waitFor();
      await scan("a1", -HOUR);
      await card.getByText("门锁时钟不准，暂时不能扫码开门，请联系站长。").waitFor();
      await shot(card, "phone-lock-clock");
      await shot(duty, "duty-lock-clock");
      assert.deepEqual(await barriers(duty, "a lock with a wrong clock"), []);
      await (await row(CLOCK)).getByText("还没看到").waitFor();
      await alarm(CLOCK).getByRole("button", { name: "我看到了，去处理" }).click();
      await alarm(CLOCK).getByText("已看到").waitFor();
      await (await row(CLOCK)).getByText("已看到").waitFor();
      await page.goto(`${program.url}/stations/${station.id}`);
      await page.getByRole("row").filter({ hasText: "正门门锁" }).getByText(CLOCK).waitFor();
      // Once the clock is right all is well.
      await broker.tell("s991-lock/state", { at: now(), open: false, battery: 64 });
      await alarm(CLOCK).waitFor({ state: "detached" });
    });

    test("where somebody has been inside for too long, the master looks, and says that nobody is", async () => {
      // Half a day later nobody has passed.
      const later = "UPDATE station_device SET moved_at = moved_at - ?, heard_at = heard_at - 120000000 WHERE code = ?";
      await behind(program, later, 13 * HOUR * 1_000_000, "s991-counter");
      const doubt = "计数显示室内3人，很久没有人进出，请到站看一看";
      await alarm("人数待核对").getByText(doubt).waitFor();
      await shot(duty, "duty-counter-stuck");
      await (await row(doubt)).getByText("人数待核对").waitFor();
      await shot(page, "station-counter-stuck");
      assert.ok(!power.log().includes("power_off"), power.log());
      await duty.getByRole("button", { name: "室内无人，归零" }).click();
      await duty.getByRole("button", { name: "确认无人" }).click();
      await duty.getByText("室内 0 人，今天进站 3 人次").waitFor();
      // All devices are looked at each minute.
      await alarm("人数待核对").waitFor({ state: "detached", timeout: LOOKED_AT });
    });

    test("then the power goes off by itself, and is on again before the next one is inside", async () => {
      const switched = duty.locator("p").filter({ hasText: "总电源" });
      await switched.getByText("已断电").waitFor({ timeout: LOOKED_AT });
      await duty.getByRole("button", { name: "送电" }).waitFor();
      await duty.getByText("总电源：已断电").waitFor();
      assert.deepEqual(await barriers(duty, "power that is off"), []);
      await shot(duty, "duty-power-off");
      await page.goto(`${program.url}/stations/${station.id}`);
      const off = page.getByRole("row").filter({ hasText: "总电源" }).filter({ hasText: "自动" });
      await off.getByText("已断电").waitFor();
      await page.getByRole("heading", { name: "开门和通断电记录" }).scrollIntoViewIfNeeded();
      await shot(page, "station-power-off");
      await scan("a2", 0);
      await switched.getByText("已送电").waitFor();
      assert.match(power.log(), /power_off.*power_on/s);
    });
  });
}

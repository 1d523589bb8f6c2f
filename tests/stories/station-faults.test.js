// Story 8: who stands in a station says on the phone that the microwave is broken; everybody reads that it is in doubt, the
// master looks and answers, and those who said so read what became of it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { enter, shot } from "./desk.js";
import { openStation } from "./interface.js";
import { person } from "./people.js";
import { heldBy, logIn, PHONE } from "./phone.js";
import { on, start } from "./program.js";

const NAME = "东河报障驿站";
/** The list of what is near it, at any hour. */
const HERE = `stations?at=110.05,40.58,${encodeURIComponent("东河")}&open=no`;
const DOUBT = "有人反映故障，待核实";

for (const database of on("SQLite")) {
  describe(`what is broken at a station on ${database}`, () => {
    let program;
    let page;
    let station;
    let first;
    let second;
    let duty;
    const [master, rider, courier] = [person(871), person(872), person(873)];

    before(async () => {
      program = await start(database);
      page = await enter(program, "baotou");
      station = await openStation(program, page, { code: "S-971", name: NAME, address: "东河区和平路71号" }, [master, rider, courier]);
    });
    after(() => program?.stop());

    const near = (phone) => phone.getByRole("article", { name: NAME });
    /** Opens what asks what is wrong. */
    const open = (phone) => near(phone).getByText("报告问题", { exact: true }).click();

    test("who is asked to log in comes back to where he stood, and tells the master", async () => {
      first = await (await program.context(PHONE)).newPage();
      await first.goto(`${program.url}/w/${HERE}`);
      await open(first);
      await near(first).getByRole("link", { name: "登录后报告问题" }).click();
      await logIn(program, first, rider.phone);
      await open(first);
      const send = near(first).getByRole("button", { name: "告诉站长" });
      await send.waitFor();
      assert.ok(await send.isDisabled());
      await near(first).getByLabel("什么有问题").selectOption({ label: "微波炉" });
      await near(first).getByLabel("哪里有问题").fill("不加热");
      await shot(first, "phone-fault-form");
      assert.deepEqual(await barriers(first, "the form"), []);
      await send.click();
      await near(first).getByText("已转给站长核实").waitFor();
      await near(first).getByRole("listitem").filter({ hasText: "微波炉" }).getByText(DOUBT).waitFor();
      await shot(first, "phone-fault-told");
    });

    test("who says the same hears that somebody did", async () => {
      second = await heldBy(program, courier, "faults");
      await second.getByText("您还没有反映过问题。").waitFor();
      await second.goto(`${program.url}/w/${HERE}`);
      await open(second);
      await near(second).getByLabel("什么有问题").selectOption({ label: "微波炉" });
      await near(second).getByRole("button", { name: "告诉站长" }).click();
      await near(second).getByText("已有人报告，站长正在处理").waitFor();
    });

    test("the master looks and says that it is so", async () => {
      duty = await heldBy(program, master, "duty");
      await duty.getByText("有 1 个问题有人反映，待核实").waitFor();
      await duty.getByRole("button", { name: "设施", exact: true }).click();
      const reported = duty.getByRole("article", { name: "有人反映：微波炉" });
      await reported.getByText("（不加热）").waitFor();
      await reported.getByText("2 人 · 待站长核实").waitFor();
      await shot(duty, "duty-fault");
      assert.deepEqual(await barriers(duty, "what was reported"), []);
      await reported.getByRole("button", { name: "没发现问题" }).click();
      await reported.getByText("请写明核实的情况").waitFor();
      await reported.getByLabel("答复反映的人").fill("已联系维修");
      await reported.getByRole("button", { name: "确认有问题" }).click();
      await reported.getByText("已确认，正在处理：已联系维修").waitFor();
      await duty.locator("div.box").filter({ hasText: "微波炉" }).getByText("故障（已联系维修）").waitFor();
    });

    test("everybody reads it, the officer too, and those who said so what became of it", async () => {
      const stranger = await (await program.context(PHONE)).newPage();
      await stranger.goto(`${program.url}/w/${HERE}`);
      await near(stranger).getByText("暂时不能用：微波炉").waitFor();
      await page.goto(`${program.url}/stations/${station.id}`);
      const row = page.getByRole("row").filter({ hasText: "不加热" });
      await row.getByText("已确认，正在处理").waitFor();
      await shot(page, "station-faults");
      await page.goto(`${program.url}/station-faults?standing=mending&subject=equipment`);
      const listed = page.getByRole("row").filter({ hasText: NAME }).filter({ hasText: "不加热" });
      await listed.getByText("已确认，正在处理").waitFor();
      await shot(page, "station-faults-everywhere");

      await duty.locator("div.box").filter({ hasText: "微波炉" }).getByRole("button", { name: "已修好" }).click();
      await duty.getByRole("article", { name: "有人反映：微波炉" }).waitFor({ state: "detached" });
      for (const phone of [first, second]) {
        await phone.goto(`${program.url}/w/faults`);
        await phone.getByRole("article", { name: `${NAME}：微波炉` }).getByText("已恢复正常").waitFor();
      }
      await shot(second, "phone-faults");
      assert.deepEqual(await barriers(second, "what I reported"), []);
    });
  });
}

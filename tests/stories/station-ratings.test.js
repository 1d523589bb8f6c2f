// Story 8: who was at a station says on his phone how it was, the master answers on his, everybody reads both without a name,
// and what breaks the rules is hidden by the union and counts no more.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { dialog, enter, shot } from "./desk.js";
import { get, openStation, post } from "./interface.js";
import { person } from "./people.js";
import { heldBy, PHONE } from "./phone.js";
import { on, start } from "./program.js";

const NAME = "东河评价驿站";
const SAID = "座位少，饭点要等";
const RUDE = "加微信领券";
/** The list of what is near it, at any hour. */
const HERE = `stations?at=110.05,40.58,${encodeURIComponent("东河")}&open=no`;

for (const database of on("SQLite")) {
  describe(`what visitors say of a station on ${database}`, () => {
    let program;
    let page;
    let station;
    let duty;
    let first;
    let second;
    const [master, rider, courier] = [person(881), person(882), person(883)];

    before(async () => {
      program = await start(database);
      page = await enter(program, "baotou");
      station = await openStation(program, page, { code: "S-981", name: NAME, address: "东河区和平路81号" }, [master, rider, courier]);
      duty = await heldBy(program, master, "duty?part=said");
    });
    after(() => program?.stop());

    /** A visitor's phone at his visits, once the master has scanned his code. */
    const visitor = async (who, n) => {
      const phone = await heldBy(program, who, "visits");
      const { text: code } = await get(program, phone, "/me/station-code");
      await post(program, duty, `/me/stations/${station.id}/entries`, { sent_as: `story-visit-${n}`, code });
      await phone.reload();
      return phone;
    };
    const rate = async (phone, points, words) => {
      const visit = phone.getByRole("article", { name: NAME });
      await visit.getByRole("button", { name: "评价" }).click();
      await visit.getByText(`${points} 分`, { exact: true }).click();
      await visit.getByLabel("说几句（可不填）").fill(words);
      await visit.getByRole("button", { name: "提交评价" }).click();
      await visit.getByText(`我的评价：${points} 分，${words}`).waitFor();
    };
    /** What everybody is told: how many rated it, and how. */
    const told = async () => {
      const { number, average, comments } = await get(program, page, `/public/stations/${station.id}/ratings`);
      return [number, average, comments.length];
    };

    test("visitors rate their visits, and may change their minds until they are answered", async () => {
      assert.deepEqual(await told(), [0, null, 0]);
      first = await visitor(rider, 1);
      await rate(first, 2, "饭点要等");
      await first.getByRole("button", { name: "修改评价" }).click();
      await first.getByText("3 分", { exact: true }).click();
      await first.getByLabel("说几句（可不填）").fill(SAID);
      await shot(first, "phone-rate");
      await first.getByRole("button", { name: "提交评价" }).click();
      await first.getByText(`我的评价：3 分，${SAID}`).waitFor();
      second = await visitor(courier, 2);
      await rate(second, 1, RUDE);
      assert.deepEqual(await told(), [2, "2.0 分", 2]);
    });

    test("the master is told that one waits, and answers", async () => {
      await duty.reload();
      await duty.getByText("近30天有 2 条评价还没有回复").waitFor();
      const shown = duty.getByRole("article", { name: "3 分" });
      await shown.getByText(SAID).waitFor();
      assert.ok(!(await duty.getByRole("region", { name: "评价" }).innerText()).includes(rider.name));
      await shown.getByLabel("回复").fill("已加六个折叠凳");
      await shown.getByRole("button", { name: "回复" }).click();
      await shown.getByText("我的回复：已加六个折叠凳").waitFor();
      assert.deepEqual(await barriers(duty, "what was said"), []);
      await shot(duty, "duty-said");
      await first.reload();
      await first.getByText("站长回复：已加六个折叠凳").waitFor();
      assert.equal(await first.getByRole("button", { name: "修改评价" }).count(), 0);
    });

    test("the union hides what breaks the rules, and it counts no more", async () => {
      await page.goto(`${program.url}/stations/${station.id}`);
      const row = page.getByRole("row").filter({ hasText: RUDE });
      await row.getByRole("button", { name: "隐藏" }).click();
      const window = dialog(page, "隐藏这条评价");
      await window.getByLabel("原因").fill("广告");
      await window.getByRole("button", { name: /隐\s*藏/ }).click();
      await row.getByText("已隐藏：广告").waitFor();
      assert.deepEqual(await told(), [1, "3.0 分", 1]);
      await shot(page, "station-ratings");

      const stranger = await (await program.context(PHONE)).newPage();
      await stranger.goto(`${program.url}/w/${HERE}`);
      const near = stranger.getByRole("article", { name: NAME });
      await near.getByText("大家怎么说").click();
      await near.getByText("3.0 分，1 条评价").waitFor();
      await near.getByText("站长回复：已加六个折叠凳").waitFor();
      assert.equal(await near.getByText(RUDE).count(), 0);
      await shot(stranger, "phone-station-said");
    });
  });
}

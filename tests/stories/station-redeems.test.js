// Story 1 and 8 together: a station of the register hands out meals. The officer picks it as a place of redemption, its master
// scans the vouchers on his own phone or types what is read out to him, and when it closes whoever holds a voucher reads so.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { dialog, enter, go, said, shot } from "./desk.js";
import { get, openStation, post } from "./interface.js";
import { person } from "./people.js";
import { heldBy } from "./phone.js";
import { on, start } from "./program.js";

const NAME = "东河送餐驿站";

for (const database of on("PostgreSQL")) {
  describe(`meals at a station on ${database}`, () => {
    let program;
    let page;
    let station;
    let waiting;
    let duty;
    const [master, rider, late, cracked] = [person(861), person(862), person(863), person(864)];

    before(async () => {
      program = await start(database);
      page = await enter(program, "baotou");
      station = await openStation(program, page, { code: "S-961", name: NAME, address: "东河区和平路61号" }, [
        master,
        rider,
        late,
        cracked,
      ]);
    });
    after(() => program?.stop());

    test("the officer picks the station; what the register knows isn't asked again", async () => {
      await go(page, "核销点");
      await page.getByRole("button", { name: "登记核销点" }).click();
      const window = dialog(page, "登记核销点");
      await window.getByLabel("驿站", { exact: true }).fill("S-961");
      await page.locator(".ant-select-item-option").filter({ hasText: NAME }).click();
      await window.getByText("以驿站登记为准").waitFor();
      assert.equal(await window.getByLabel("地址").count(), 0);
      await shot(page, "benefit-partner-station");
      await window.getByRole("button", { name: "保 存" }).click();
      await page.getByRole("row").filter({ hasText: "东河区和平路61号" }).getByText("启用").waitFor();
    });

    test("the master redeems on his own phone, and it is on the ledger", async () => {
      const { organisations } = await get(program, page, "/session");
      const { items } = await get(program, page, "/benefit-partners?q=S-961");
      const day = (from) => new Date(Date.now() + (8 + from * 24) * 3_600_000).toISOString().slice(0, 10);
      const offer = await post(program, page, "/benefit-offers", {
        organisation_id: organisations[0].id,
        kind: "meal",
        title: "冬日热汤面",
        unit_fen: 1200,
        redeem_from: day(0),
        redeem_until: day(7),
        places: [items[0].id],
        rounds: [{ opens_at: new Date(Date.now() - 60_000), closes_at: new Date(Date.now() + 86_400_000), total: 9 }],
      });
      await post(program, page, `/benefit-offers/${offer.id}/publish`, {});
      const claim = async (who) => {
        const page = await heldBy(program, who, "benefits");
        await page.getByRole("article", { name: "冬日热汤面" }).getByRole("button", { name: "领取" }).click();
        await page.getByAltText("凭证二维码，供核销点扫描").waitFor();
        return page;
      };
      waiting = await claim(late);
      const voucher = await claim(rider);
      await voucher.getByRole("link", { name: "开放时间和路线" }).waitFor();
      await shot(voucher, "phone-voucher-station");

      // Who is asked to log in comes back to the part of the page that he wanted.
      duty = await heldBy(program, master, "duty?part=redeem");
      await duty.getByText("今日已核销 0 份").waitFor();
      await shot(duty, "duty-redeem");
      const { code } = await get(program, voucher, `/me/vouchers/${voucher.url().split("/").pop()}`);
      await duty.getByLabel("扫码枪或手工输入").fill(code);
      await duty.getByRole("button", { name: "查看凭证" }).click();
      await duty.getByRole("button", { name: "确认核销" }).click();
      await duty.getByText("✓ 已核销，请发放").waitFor();
      await duty.getByRole("link", { name: "核销下一份" }).click();
      await duty.getByText("今日已核销 1 份").waitFor();
      // Whoever scans with the phone's own camera comes to the same page.
      await duty.goto(code);
      await duty.getByText("请勿重复发放").waitFor();
      await voucher.goto(`${program.url}/w/records`);
      await voucher.getByText("爱心餐").first().waitFor();
      await voucher.getByRole("listitem").getByRole("link", { name: NAME }).first().waitFor();
    });

    test("a code that no camera reads is read out, and typed on the master's phone", async () => {
      const voucher = await heldBy(program, cracked, "benefits");
      await voucher.getByRole("article", { name: "冬日热汤面" }).getByRole("button", { name: "领取" }).click();
      const typed = await voucher
        .getByRole("article", { name: "普惠服务凭证" })
        .getByText("券码")
        .locator("b")
        .innerText();
      await shot(voucher, "phone-voucher-typed");
      await duty.goto(`${program.url}/w/duty?part=redeem`);
      const line = duty.getByLabel("扫码枪或手工输入");
      await line.fill(typed.slice(1));
      await duty.getByRole("button", { name: "查看凭证" }).click();
      await duty.getByText("券码不对或已更新").waitFor();
      await duty.getByRole("link", { name: "返回" }).click();
      await line.fill(typed.toLowerCase().replaceAll(" ", "-"));
      await duty.getByRole("button", { name: "查看凭证" }).click();
      await duty.getByText("请与持券人核对姓名").waitFor();
      await shot(duty, "duty-redeem-typed");
      await duty.getByRole("button", { name: "确认核销" }).click();
      await duty.getByText("✓ 已核销，请发放").waitFor();
      await duty.getByRole("link", { name: "核销下一份" }).click();
      await duty.getByText("今日已核销 2 份").waitFor();
      await voucher.reload();
      await voucher.getByText("已使用").waitFor();
    });

    test("a station that closes redeems no more, and both sides read it", async () => {
      await post(program, page, `/stations/${station.id}/close`, { reason: "场地到期" });
      // Benefits hear of it by the outbox.
      while ((await get(program, page, "/benefit-partners?q=S-961")).items[0].active)
        await new Promise((resolve) => setTimeout(resolve, 100));
      await page.reload();
      const row = page.getByRole("row").filter({ hasText: NAME });
      await row.getByText("停用").waitFor();
      await waiting.reload();
      await waiting.getByText("已撤销（场地到期）").waitFor();
      await shot(waiting, "phone-voucher-shut");
    });
  });
}

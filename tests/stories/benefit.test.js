// Story 1's meals, from the offer to the plan's figure: an officer publishes, a rider claims on his phone and shows his
// voucher, the station redeems it, and the plan counts it; who comes too late reads so.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { dialog, enter, go, said, shot } from "./desk.js";
import { loadDaysOff } from "./interface.js";
import { person } from "./people.js";
import { codeOf, PHONE } from "./phone.js";
import { DATABASES, start } from "./program.js";
import { IS_ENDING, THIS_YEAR, YEAR } from "./today.js";

const KIND = `kinds=love_meal&${THIS_YEAR}`;
const UNSAFE = { headers: { "x-niangjia": "web" } };

for (const database of DATABASES) {
  describe(`a meal from the offer to the plan on ${database}`, () => {
    let program;
    let officer;
    before(async () => {
      program = await start(database);
      officer = await enter(program, "quzong");
    });
    const phones = [];
    afterEach(() => Promise.all(phones.splice(0).map((one) => one.close())));
    after(() => program?.stop());

    const api = async (page, path, data) => {
      const address = `${program.url}/api/v1${path}`;
      const answer = data === undefined ? await page.request.get(address) : await page.request.post(address, { data, ...UNSAFE });
      assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
      return answer.json().catch(() => undefined);
    };
    const meals = async () => {
      const { organisations } = await api(officer, "/session");
      const { items } = await api(officer, `/figures?organisation=${organisations[0].id}&${KIND}`);
      return items[0].items;
    };
    const phone = async () => {
      const context = await program.context(PHONE);
      phones.push(context);
      return context.newPage();
    };
    /** A rider who has just joined at the event, logged in on his phone. */
    const rider = async (n) => {
      const page = await phone();
      const who = person(n);
      const { items } = await api(officer, "/events");
      const path = `/public/events/${items.find((one) => one.open).code}`;
      const event = await api(page, path);
      const sent = program.log().length;
      await page.request.post(`${program.url}/api/v1${path}/code`, { data: { phone: who.phone }, ...UNSAFE });
      await api(page, `${path}/join`, {
        phone: who.phone,
        code: await codeOf(program, sent),
        name: who.name,
        document_kind: "citizen_number",
        document_number: who.number,
        group: "delivery_rider",
        organisation_id: event.unions[0].id,
        consent_version: event.consent.version,
      });
      return page;
    };

    let link;

    test("the officer registers a station, hands out its link, and publishes one meal", async () => {
      // The list's first answer comes only when the new place is saved: it was asked for before, and is not believed.
      const partners = /\/benefit-partners(\?|$)/;
      const saved = officer.waitForResponse((answer) => partners.test(answer.url()) && answer.request().method() === "POST");
      const late = async (route) => {
        const response = await route.fetch();
        await saved;
        await route.fulfill({ response }).catch(() => {});
      };
      await officer.route(partners, late, { times: 1 });
      await go(officer, "核销点");
      await officer.getByRole("button", { name: "登记核销点" }).click();
      const form = dialog(officer, "登记核销点");
      await form.getByLabel("名称", { exact: true }).fill("红旗街驿站");
      await form.getByLabel("地址").fill("红旗街8号");
      await form.getByRole("button", { name: "保 存" }).click();
      const row = officer.getByRole("row").filter({ hasText: "红旗街驿站" });
      await row.getByRole("button", { name: "生成扫码链接" }).click();
      await officer.getByRole("button", { name: "生 成" }).click();
      link = await dialog(officer, "的扫码链接").locator(".partner-link").innerText();
      assert.match(link, /\/w\/redeem#[0-9a-f]{32}$/);
      await shot(officer, "benefit-partner-link");
      await officer.getByRole("button", { name: "已交给核销点" }).click();
      await shot(officer, "benefit-partners");

      const { organisations } = await api(officer, "/session");
      const { items } = await api(officer, `/benefit-partners?q=${encodeURIComponent("红旗街")}`);
      const now = Date.now();
      const day = (time) => new Date(time + 8 * 3_600_000).toISOString().slice(0, 10);
      await api(officer, "/benefit-offers", {
        organisation_id: organisations[0].id,
        kind: "meal",
        title: "立秋爱心餐",
        description: "一荤两素一汤。",
        unit_fen: 1500,
        budget_line: "爱心餐补贴",
        audience: { members_only: true },
        redeem_from: day(now),
        redeem_until: day(now + 7 * 86_400_000),
        places: [items[0].id],
        rounds: [
          { opens_at: new Date(now - 60_000).toISOString(), closes_at: new Date(now + 86_400_000).toISOString(), total: 1 },
        ],
      });
      await go(officer, "普惠服务");
      await officer.getByRole("link", { name: "驿站爱心餐" }).waitFor();
      await shot(officer, "benefit-offers");
      await officer.getByRole("link", { name: "立秋爱心餐" }).click();
      await officer.getByRole("button", { name: "发 布" }).click();
      const sure = officer.getByRole("dialog").filter({ hasText: "发布这项服务？" });
      await sure.getByText("15.00 元").waitFor();
      await sure.getByRole("button", { name: "发 布" }).click();
      await officer.getByText("领取中").waitFor();
    });

    test("a rider claims it, the station redeems it, the plan counts it, and the next one reads that it is gone", async () => {
      const before = await meals();
      const first = await rider(701);
      await first.goto(`${program.url}/w/benefits`);
      const shown = first.getByRole("article", { name: "立秋爱心餐" });
      await shown.getByText("1 份").waitFor();
      await shot(first, "phone-benefits");
      await shown.getByRole("button", { name: "领取" }).click();
      await first.getByAltText("凭证二维码，供核销点扫描").waitFor();
      await shot(first, "phone-voucher");
      const mine = first.url().split("/").pop();
      await first.goto(`${program.url}/w/`);
      const waiting = first.getByRole("navigation", { name: "等您来的" });
      await waiting.getByRole("link", { name: /立秋爱心餐.*有效期至/ }).waitFor();
      await shot(first, "phone-home");

      const second = await rider(702);
      await second.goto(`${program.url}/w/benefits`);
      await second.getByRole("article", { name: "立秋爱心餐" }).getByText("已领完").waitFor();

      const stall = await phone();
      await stall.goto(link);
      await stall.getByText("红旗街驿站").waitFor();
      assert.ok(!stall.url().includes("#"), "the link's secret stays in the address");
      await shot(stall, "phone-redeem");
      const voucher = await api(first, `/me/vouchers/${mine}`);
      await stall.goto(voucher.code);
      await stall.getByText("立秋爱心餐").first().waitFor();
      await stall.getByRole("button", { name: "确认核销" }).click();
      await stall.getByText("✓ 已核销，请发放").waitFor();
      await shot(stall, "phone-redeemed");
      await stall.goto(voucher.code);
      await stall.getByText("请勿重复发放").waitFor();
      assert.equal(await meals(), before + 1);

      await officer.reload();
      await officer.getByRole("row").filter({ hasText: "红旗街驿站" }).getByText("已使用").waitFor();
      await shot(officer, "benefit-offer");
      await first.goto(`${program.url}/w/records`);
      await first.getByText("爱心餐").first().waitFor();
      await first.goto(`${program.url}/w/benefits`);
      await shown.getByRole("link", { name: "已使用，查看凭证" }).waitFor();
    });

    test("a redemption that was a mistake is taken back, and the plan follows", async () => {
      const before = await meals();
      const given = officer.getByRole("row").filter({ hasText: "核销点扫码链接" });
      await given.getByRole("button", { name: "撤销核销" }).click();
      const form = dialog(officer, "撤销核销");
      await form.getByLabel("原因").fill("误扫，没有发放");
      await said(officer, "已撤销", () => form.getByRole("button", { name: "撤销核销" }).click());
      await given.getByText(/\d 撤销$/).waitFor();
      assert.equal(await meals(), before - 1);
    });

    test("the plan's meals open to the offer that gave them", async () => {
      await go(officer, "计划与进度");
      await officer.getByRole("link", { name: `${YEAR}年新就业形态劳动者工会工作要点` }).click();
      await officer.getByRole("link", { name: "爱心餐", exact: true }).click();
      await officer.getByRole("heading", { name: "下级进度" }).waitFor();
      const reached = Number((await officer.locator(".bar-words b").first().innerText()).replace(/[^\d]/g, ""));
      assert.equal(reached, await meals());
    });

    test("last month is settled with a station: its dispute answered, confirmed on its phone, settled, paid by the plan", async () => {
      await go(officer, "月度结算");
      const disputed = officer.getByRole("row").filter({ hasText: "1 条异议待答复" });
      await disputed.waitFor();
      await shot(officer, "benefit-settlements");
      await disputed.getByRole("link").click();
      await officer.getByText("待答复", { exact: true }).waitFor();
      const { partner_id } = await api(officer, `/benefit-settlements/${officer.url().split("/").pop()}`);
      await officer.getByRole("button", { name: "答复", exact: true }).click();
      const form = dialog(officer, "答复异议");
      await form.getByLabel("核对结果").fill("核对值班记录，补计2份。");
      await form.getByLabel("调整份数").fill("2");
      await form.getByRole("button", { name: "答 复" }).click();
      await officer.getByText("（+2 份）").waitFor();

      const { address } = await api(officer, `/benefit-partners/${partner_id}/key`, {});
      const stall = await phone();
      await stall.goto(address);
      await stall.getByRole("link", { name: "月度对账" }).click();
      await stall.getByText("工会答复：核对值班记录").waitFor();
      await shot(stall, "phone-statements");
      await stall.getByRole("button", { name: "确认无误" }).click();
      await stall.getByText("已确认，待结算").waitFor();

      await officer.reload();
      await officer.getByText("核销点已确认本结算单").waitFor();
      await officer.getByRole("button", { name: "结 算" }).click();
      await officer.getByRole("dialog").filter({ hasText: "结算这个月？" }).getByRole("button", { name: "结 算" }).click();
      await officer.getByRole("button", { name: "登记付款" }).click();
      await dialog(officer, "登记付款").getByRole("button", { name: "登记付款" }).click();
      await officer.getByText("的经费项目“爱心餐补贴”").waitFor();
      await shot(officer, "benefit-settlement");
    });

    test("those whom unions nominated are publicly shown, a colleague objects by his phone, and the officer answers him", async () => {
      await go(officer, "推荐与公示");
      const row = officer.getByRole("row").filter({ hasText: "先进疗休养" });
      await row.waitFor();
      // At the end of a year and until the new one's days off are loaded the demo can't say when a publicity ends.
      const begun = (await row.innerText()).includes("公示中");
      const { loaded } = await api(officer, `/calendar/${YEAR}`);
      assert.ok(begun || !loaded || IS_ENDING, "the demo began no publicity");
      if (!begun) await loadDaysOff(program, await enter(program, "system"));
      await row.getByRole("link").click();
      if (!begun) {
        await officer.getByRole("button", { name: "公 示" }).click();
        await officer.getByRole("dialog").getByRole("button", { name: "公 示" }).click();
      }
      const page = await officer.getByRole("link", { name: "公示页" }).getAttribute("href");
      const colleague = await rider(703);
      await colleague.goto(program.url + page);
      await colleague.getByRole("button", { name: "提出异议" }).first().waitFor();
      await shot(colleague, "phone-publicity");
      await colleague.getByRole("button", { name: "提出异议" }).first().click();
      // The form stands below whom it is about, however long the list is.
      await colleague.getByRole("listitem").first().getByLabel("的异议和理由").fill("上月已经离职");
      await colleague.getByRole("button", { name: "提交异议" }).click();
      await colleague.getByText("已提出，工会核实后答复").waitFor();
      await officer.reload();
      await officer.getByText("上月已经离职").waitFor();
      await officer.getByRole("button", { name: "答复异议" }).click();
      const form = dialog(officer, "答复公示异议");
      await form.getByText("异议成立，取消资格").click();
      await form.getByLabel("核实情况").fill("经核实已离职，取消资格。");
      await form.getByRole("button", { name: "答 复" }).click();
      await officer.getByText("公示异议成立").waitFor();
      await shot(officer, "nomination-round");
    });

    test("a rider chooses a batch for his check with somebody who comes along, and the officer marks who came", async () => {
      const page = await rider(704);
      await page.goto(`${program.url}/w/benefits`);
      const check = page.getByRole("article", { name: "新就业形态劳动者免费体检" });
      await check.getByRole("button", { name: "领取" }).click();
      await page.getByText("请先选择批次").waitFor();
      const free = page.getByText(/还有\d+个位子/).first();
      const seats = await free.innerText();
      const bring = async () => {
        await free.click();
        await page.getByRole("button", { name: "加一位同行人员" }).click();
        await page.getByLabel("姓名").fill("王小红");
        await page.getByLabel("证件或手机").selectOption("phone");
        // Who is known by his phone alone may be a child.
        await page.getByLabel("出生日期").fill("1990-05-01");
      };
      await bring();
      await page.getByLabel("号码", { exact: true }).fill("123");
      await page.getByRole("button", { name: "选这一批" }).click();
      await page.locator(".said.wrong").first().waitFor();
      await shot(page, "phone-batch-choose");
      await page.getByLabel("号码", { exact: true }).fill("13920260999");
      await page.getByRole("button", { name: "选这一批" }).click();
      await page.getByRole("heading", { name: "我的批次" }).waitFor();
      await page.getByText("139****0999").waitFor();
      await shot(page, "phone-batch");
      // Both seats are given back, the voucher is kept, and another batch, or the same, is chosen.
      await page.getByRole("button", { name: "退订这一批，凭证保留" }).click();
      await page.getByText("位子立即放回").waitFor();
      await page.getByRole("button", { name: "确定退订" }).click();
      await page.getByText("请先选择批次").waitFor();
      await page.getByText(seats, { exact: true }).waitFor();
      await bring();
      await page.getByLabel("号码", { exact: true }).fill("13920260999");
      await page.getByRole("button", { name: "选这一批" }).click();
      await page.getByRole("heading", { name: "我的批次" }).waitFor();

      await go(officer, "普惠服务");
      await officer.getByRole("link", { name: "新就业形态劳动者免费体检" }).click();
      await officer.getByRole("heading", { name: "批次", exact: true }).waitFor();
      await shot(officer, "benefit-offer-batches");
      const batches = officer.getByRole("heading", { name: "批次", exact: true }).locator("xpath=following::table[1]");
      await batches.getByRole("link").nth(1).click();
      await officer.getByText("139****0999").waitFor();
      await officer.goBack();
      await batches.getByRole("link").first().click();
      const row = officer.getByRole("row").filter({ hasText: "未到场" }).first();
      await row.getByRole("button", { name: "到场" }).click();
      const sure = officer.getByRole("dialog").filter({ hasText: "凭证同时核销" });
      await sure.getByRole("button", { name: "登记到场" }).click();
      await officer.getByText("已到场").nth(1).waitFor();
      await shot(officer, "benefit-batch");

      // The place sees whom to expect, as far as it needs to.
      const { place, title } = await api(officer, `/benefit-batches/${officer.url().split("/").pop()}`);
      const { address } = await api(officer, `/benefit-partners/${place.id}/key`, {});
      const clinic = await phone();
      await clinic.goto(address);
      await clinic.getByRole("link", { name: "体检、疗休养名单" }).click();
      const batch = clinic.getByRole("article", { name: title }).first();
      await batch.getByRole("button", { name: "查看名单" }).click();
      await batch.getByText("已到场 20").first().waitFor();
      await shot(clinic, "phone-partner-batches");
      assert.deepEqual(await barriers(clinic, "partner-batches"), []);
      await officer.getByRole("button", { name: "导出表格" }).click();
      await dialog(officer, "导出表格").getByText("PDF（供打印").waitFor();
      await dialog(officer, "导出表格").getByRole("button", { name: "取 消" }).click();
    });

    test("an officer fills in an offer, and what is missing is said beside the field, where the keyboard goes on", async () => {
      await go(officer, "普惠服务");
      await officer.getByRole("button", { name: "新建服务" }).click();
      const form = dialog(officer, "新建普惠服务");
      await form.getByRole("button", { name: "保 存" }).click();
      await form.getByText("请填写名称").waitFor();
      await form.getByText("请选择使用期").waitFor();
      await shot(officer, "benefit-offer-form");
      // Who works by keyboard stands where something is missing, and comes past a period that he leaves empty.
      assert.equal(await officer.evaluate(() => document.activeElement.id), "title");
      await form.getByLabel("使用期").focus();
      await officer.keyboard.press("Tab");
      await officer.keyboard.press("Tab");
      assert.equal(await officer.evaluate(() => document.activeElement.id), "hold_hours");
      await form.getByRole("button", { name: "取 消" }).click();
    });
  });
}

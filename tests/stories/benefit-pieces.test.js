// Where the pieces of an offer go, as workers read it on their phones: a union's own become everybody's, one that is cancelled or
// runs out is another's, and the seats of a stay follow whom they were chosen for.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { behind } from "./behind.js";
import { dialog, enter, go, shot } from "./desk.js";
import { enrol, get, post } from "./interface.js";
import { until } from "./map.js";
import { person } from "./people.js";
import { heldBy, PHONE } from "./phone.js";
import { start } from "./program.js";
import { dayAfter } from "./today.js";

const TICKET = "冬季观影券";
const STAY = "冬季疗休养";
/** How often it is looked whether a job has run: for a minute. */
const PATIENCE = 600;
/** A day as people read it. */
const worded = (day) => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

describe("where the pieces of an offer go", () => {
  let program;
  let officer;
  let union;
  let place;
  let offer;
  let stay;
  const [near, far, farther, guest] = [841, 842, 843, 844].map(person);
  const phones = new Map();

  before(async () => {
    program = await start("SQLite");
    officer = await enter(program, "quzong");
    union = (await get(program, officer, "/session")).organisations[0];
    place = await post(program, officer, "/benefit-partners", {
      organisation_id: union.id,
      name: "红旗街驿站",
      kind: "shop",
      active: true,
    });
    await enrol(program, officer, [near]);
    await enrol(program, officer, [far, farther], "150102");
  });
  after(() => program?.stop());

  const published = async (form) => {
    const { items } = await get(program, officer, `/organisations?q=${encodeURIComponent("包头市总工会")}&limit=1`);
    const rounds = [{ opens_at: new Date(Date.now() - 60_000), closes_at: new Date(Date.now() + 86_400_000), ...form.round(items[0]) }];
    const { round: _, ...rest } = form;
    const made = await post(program, officer, "/benefit-offers", {
      organisation_id: union.id,
      redeem_from: dayAfter(0),
      redeem_until: dayAfter(40),
      places: [place.id],
      ...rest,
      rounds,
    });
    return post(program, officer, `/benefit-offers/${made.id}/publish`, {});
  };
  /** What somebody's phone shows of an offer now. */
  const shown = async (who, title = TICKET) => {
    if (!phones.has(who)) phones.set(who, await heldBy(program, who, "benefits"));
    const phone = phones.get(who);
    await phone.goto(`${program.url}/w/benefits`);
    const article = phone.getByRole("article", { name: title });
    await article.waitFor();
    return { phone, article, left: await article.locator("dd.figure").innerText() };
  };
  const claim = async (who, title) => {
    const { phone, article } = await shown(who, title);
    await article.getByRole("button", { name: "领取" }).click();
    await phone.getByRole("article", { name: "普惠服务凭证" }).getByText("待使用").waitFor();
    return phone;
  };
  const numbers = () => officer.locator(".offer-numbers .ant-statistic-content").allInnerTexts();
  const counted = async (...wanted) => {
    await officer.goto(`${program.url}/benefit-offers/${offer.id}`);
    await officer.getByRole("heading", { name: "领取名单" }).waitFor();
    assert.deepEqual((await numbers()).slice(0, 4), wanted.map((pieces) => `${pieces}张`));
  };

  test("what was set aside for a union becomes everybody's, and everybody's phone tells it", async () => {
    offer = await published({
      kind: "ticket",
      title: TICKET,
      unit_fen: 3500,
      hold_hours: 2,
      round: (baotou) => ({ total: 3, shares: [{ organisation_id: baotou.id, quota: 2 }] }),
    });
    await claim(far);
    const gone = await shown(farther);
    assert.equal(gone.left, "0 张");
    assert.ok(await gone.article.getByRole("button", { name: "已领完" }).isDisabled());
    assert.equal((await shown(near)).left, "2 张");

    await counted(3, 1, 0, 2);
    // The city reads what is its own of it, and nothing of who claimed elsewhere.
    const city = await enter(program, "baotou");
    await go(city, "普惠服务");
    const above = city.getByRole("row").filter({ hasText: TICKET });
    await above.getByText("分到 2").waitFor();
    await above.getByRole("link", { name: TICKET }).click();
    await city.getByText("上级工会提供，只能查看").waitFor();
    await city.getByText("包头市总工会 0 / 2").waitFor();
    await city.getByText("还没有人领取。").waitFor();
    assert.deepEqual(await city.locator(".offer-numbers .ant-statistic-content").allInnerTexts(), ["2张", "0张", "2张"]);
    assert.equal(await city.getByRole("button", { name: /更正|作废|结束服务|转为共用/ }).count(), 0);
    await shot(city, "benefit-offer-from-above");
    assert.deepEqual(await barriers(city, "an offer from above"), []);
    const row = officer.getByRole("row").filter({ hasText: "包头市总工会" });
    assert.deepEqual(await row.locator("td div").allInnerTexts(), ["其他工会共用 1 / 1", "包头市总工会 0 / 2\n转为共用"]);
    await officer.getByRole("button", { name: "包头市总工会的名额转为共用" }).click();
    const sure = dialog(officer, "包头市总工会的名额转为共用？");
    await sure.getByText("余下的 2 张并入大家共用的").waitFor();
    await shot(officer, "benefit-pool");
    await sure.getByRole("button", { name: "并入共用" }).click();
    await officer.getByText("大家共用 1 / 3").waitFor();
    assert.equal(await officer.getByRole("button", { name: "转为共用" }).count(), 0);
    assert.equal((await shown(farther)).left, "2 张");
    await claim(farther);
    assert.equal((await shown(near)).left, "1 张");
    await counted(3, 2, 0, 1);
  });

  test("what is cancelled on a phone is nobody's any more, and another's at once", async () => {
    const phone = await claim(near);
    assert.equal((await shown(far)).left, "0 张");
    await phone.goBack();
    const link = phone.getByRole("article", { name: TICKET }).getByRole("link", { name: "已领取，出示凭证" });
    const code = (await get(program, phone, `/me/vouchers/${(await link.getAttribute("href")).split("/").pop()}`)).code;
    await link.click();
    await phone.getByText(/^有效期至 /).waitFor();
    await phone.getByRole("button", { name: "用不上了，取消领取" }).click();
    await phone.getByText("取消后这份名额立即交还工会").waitFor();
    await phone.getByRole("button", { name: "保留" }).click();
    await phone.getByAltText("凭证二维码").waitFor();
    await phone.getByRole("button", { name: "用不上了，取消领取" }).click();
    await phone.getByRole("button", { name: "确定取消" }).click();
    await phone.getByText("已取消，名额已放回").waitFor();
    assert.equal(await phone.getByAltText("凭证二维码").count(), 0);
    await shot(phone, "phone-cancelled");
    assert.deepEqual(await barriers(phone, "a cancelled voucher"), []);

    const { address } = await post(program, officer, `/benefit-partners/${place.id}/key`, {});
    const stall = await (await program.context(PHONE)).newPage();
    await stall.goto(address);
    await stall.getByText("红旗街驿站").waitFor();
    await stall.goto(code);
    await stall.getByText("该凭证已被本人取消，不能使用").waitFor();

    const again = await shown(near);
    assert.equal(again.left, "1 张");
    await again.phone.getByRole("navigation", { name: "我的凭证" }).getByText(`${TICKET} · 已取消`).waitFor();
    await again.article.getByRole("button", { name: "领取" }).waitFor();
    await counted(3, 2, 0, 1);
    await officer.getByRole("row").filter({ hasText: "已取消" }).waitFor();
  });

  test("what wasn't used in time runs out before its holder's eyes, and is another's", async () => {
    await claim(near);
    const { phone, article } = await shown(farther);
    await article.getByRole("link", { name: "已领取，出示凭证" }).click();
    await phone.getByText(/^有效期至 /).waitFor();
    const id = phone.url().split("/").pop();
    const three = 3 * 3_600_000_000;
    await behind(program, `UPDATE benefit_claim SET use_until = use_until - ${three}, due_at = due_at - ${three} WHERE id = CAST(? AS INTEGER)`, id);
    await until(async () => {
      await behind(program, "UPDATE job SET run_at = 0 WHERE kind = 'benefit_expire'");
      return (await get(program, officer, `/benefit-offers/${offer.id}`)).given;
    }, (given) => given === 2, PATIENCE);
    // The page asks again by itself.
    await phone.getByText("到期未使用").waitFor();
    await phone.getByText("已过期", { exact: true }).waitFor();
    assert.equal(await phone.getByAltText("凭证二维码").count(), 0);
    assert.equal(await phone.getByRole("button", { name: "用不上了，取消领取" }).count(), 0);
    await shot(phone, "phone-expired");
    assert.deepEqual(await barriers(phone, "a voucher that ran out"), []);
    const over = await shown(farther);
    await over.article.getByRole("link", { name: "已过期，查看凭证" }).waitFor();
    assert.equal(over.left, "1 张");
    await over.phone.goto(`${program.url}/w/`);
    await over.phone.getByRole("link", { name: "普惠服务" }).first().waitFor();
    assert.equal(await over.phone.getByRole("navigation", { name: "等您来的" }).getByText(TICKET).count(), 0);
    await counted(3, 2, 0, 1);
    await officer.getByRole("row").filter({ hasText: "已过期" }).waitFor();
  });

  test("a stay is chosen with companions, given up for other days, and both days' seats follow", async () => {
    stay = await published({
      kind: "recuperation",
      title: STAY,
      unit_fen: 100_000,
      companions: 2,
      round: () => ({ total: 5 }),
    });
    const later = { starts_on: dayAfter(20), ends_on: dayAfter(24) };
    await post(program, officer, `/benefit-offers/${stay.id}/batches`, { ...later, partner_id: place.id, seats: 2, note: "" });
    await officer.goto(`${program.url}/benefit-offers/${stay.id}`);
    await officer.getByRole("button", { name: "安排批次" }).click();
    const form = dialog(officer, "安排批次");
    const ends = form.locator(".ant-picker-range input");
    for (const [which, days] of [10, 14].entries()) {
      await ends.nth(which).fill(dayAfter(days));
      await ends.nth(which).press("Enter");
    }
    await form.getByLabel("位子（含同行人员）").fill("3");
    await form.getByLabel("须知").fill("8:00在红旗街集合");
    await shot(officer, "benefit-batch-form");
    await form.getByRole("button", { name: "保 存" }).click();
    const first = `${worded(dayAfter(10))}—${worded(dayAfter(14))}`;
    const second = `${worded(later.starts_on)}—${worded(later.ends_on)}`;
    const seats = async (days) => {
      await officer.reload();
      const row = officer.getByRole("row").filter({ has: officer.getByRole("link", { name: days }) });
      await row.waitFor();
      return (await row.locator("td").allInnerTexts()).slice(3, 6);
    };
    await form.waitFor({ state: "detached" });
    assert.deepEqual(await seats(first), ["3", "0", "0"]);

    const phone = await claim(near, STAY);
    await phone.getByText(`${first} 红旗街驿站，还有3个位子`).click();
    await phone.getByText("8:00在红旗街集合").waitFor();
    for (const [who, kind, number] of [["王小红", "citizen_number", guest.number], ["王小明", "phone", "13920260888"]]) {
      await phone.getByRole("button", { name: "加一位同行人员（最多2位）" }).click();
      const along = phone.locator("fieldset.box").last();
      await along.getByLabel("姓名").fill(who);
      await along.getByLabel("证件或手机").selectOption(kind);
      await along.getByLabel("号码", { exact: true }).fill(number);
      if (kind === "phone") await along.getByLabel("出生日期").fill("1990-05-01");
    }
    assert.equal(await phone.getByRole("button", { name: "加一位同行人员" }).count(), 0);
    await shot(phone, "phone-stay-choose");
    await phone.getByRole("button", { name: "选这一批" }).click();
    const mine = phone.getByRole("region", { name: "我的批次" });
    await mine.getByText(first).waitFor();
    await mine.getByText("139****0888").waitFor();
    await phone.getByText(`批次开始当天（${worded(dayAfter(10))}）起，二维码显示在这里`).waitFor();
    await shot(phone, "phone-stay");
    assert.deepEqual(await barriers(phone, "a stay"), []);
    assert.deepEqual(await seats(first), ["3", "3", "1"]);

    const other = await claim(far, STAY);
    await other.getByText(`${second} 红旗街驿站，还有2个位子`).waitFor();
    assert.equal(await other.getByText(first).count(), 0);
    await phone.getByRole("button", { name: "改选批次或同行人员" }).click();
    await phone.getByText("请把同行人员重新填一遍").waitFor();
    await phone.getByText(`${second} 红旗街驿站，还有2个位子`).click();
    await phone.getByRole("button", { name: "选这一批" }).click();
    await mine.getByText(second).waitFor();
    assert.equal(await mine.getByText("同行", { exact: true }).count(), 0);
    assert.deepEqual([await seats(first), await seats(second)], [["3", "0", "0"], ["2", "1", "1"]]);
  });

  test("when the days have come it can neither be changed nor cancelled, and the place expects whom it should", async () => {
    await behind(program, "UPDATE benefit_batch SET starts_on = ?, ends_on = ? WHERE starts_on = ?", dayAfter(0), dayAfter(4), dayAfter(20));
    const { phone, article } = await shown(near, STAY);
    await article.getByRole("link", { name: "已领取，出示凭证" }).click();
    await phone.getByText("已过改期、退订时间").waitFor();
    await phone.getByAltText("凭证二维码").waitFor();
    assert.equal(await phone.getByRole("button", { name: /退订|取消领取|改选/ }).count(), 0);
    await shot(phone, "phone-stay-come");
    const { address } = await post(program, officer, `/benefit-partners/${place.id}/key`, {});
    const stall = await (await program.context(PHONE)).newPage();
    await stall.goto(address);
    await stall.getByRole("link", { name: "体检、疗休养名单" }).click();
    const batch = stall.getByRole("article", { name: `${STAY}，${worded(dayAfter(0))}` });
    await batch.getByRole("button", { name: "查看名单" }).click();
    await batch.getByText(`${near.name[0]}*`).first().waitFor();
    await shot(stall, "phone-stay-expected");
  });
});

// What a union owes its partners for a month: the table and its file say the same, a place that disagrees says so on its phone,
// and what its dispute ends with is what is settled, paid, taken from the budget, and written on the sheet.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { dialog, enter, go, said, shot } from "./desk.js";
import { get, post } from "./interface.js";
import { PHONE } from "./phone.js";
import { start } from "./program.js";
import { dayAfter, YEAR } from "./today.js";

/** Last month, as its statements name it. */
const MONTH = new Date(Date.UTC(YEAR, Number(dayAfter(0).slice(5, 7)) - 2, 1)).toISOString().slice(0, 7);
const [year, month] = MONTH.split("-").map(Number);
const NAMED = `${year}年${month}月`;
const LINE = "爱心餐补贴";

/** What a workbook's sheets say, row by row. */
const READ = [
  "import json, sys, zipfile, xml.etree.ElementTree as tree",
  "book = zipfile.ZipFile(sys.argv[1])",
  "sheets = sorted(name for name in book.namelist() if name.startswith('xl/worksheets/sheet'))",
  "rows = lambda name: tree.fromstring(book.read(name)).iterfind('.//{*}row')",
  "print(json.dumps([[[''.join(cell.itertext()) for cell in row] for row in rows(name)] for name in sheets]))",
].join("\n");

describe("a month is settled with the places that handed over", () => {
  let program;
  let officer;
  let stall;
  let disputing;
  before(async () => {
    program = await start("SQLite");
    officer = await enter(program, "quzong");
  });
  after(() => program?.stop());

  const workbook = async (press) => {
    const [file] = await Promise.all([officer.waitForEvent("download"), press()]);
    const path = join(program.data, file.suggestedFilename());
    await file.saveAs(path);
    return JSON.parse(execFileSync("python3", ["-c", READ, path], { encoding: "utf8" }));
  };
  const table = async (more = "") => {
    await officer.goto(`${program.url}/benefit-settlements?month=${MONTH}${more}`);
    await officer.getByText(/^共 \d+ 张$/).waitFor();
    const rows = await officer.locator("tbody tr.ant-table-row").all();
    return Promise.all(rows.map(async (row) => (await row.locator("td").allInnerTexts()).slice(1)));
  };
  const row = (place) => officer.getByRole("row").filter({ hasText: place });
  const figures = () => officer.locator(".offer-numbers .ant-statistic-content").allInnerTexts();
  const open = async (place) => {
    await table();
    await row(place).getByRole("link").click();
    await officer.getByRole("heading", { name: `${place} · ${NAMED}` }).waitFor();
  };
  const paid = async () => {
    const { organisations } = await get(program, officer, "/session");
    const { items } = await get(program, officer, `/plans?organisation=${organisations[0].id}&year=${YEAR}`);
    const plan = items.find((one) => one.organisation_id === organisations[0].id);
    return (await get(program, officer, `/plans/${plan.id}/budget`)).items.find((one) => one.name === LINE).paid_fen;
  };

  test("the month's table adds up to the figures above it, and its file holds the same rows", async () => {
    const rows = await table();
    assert.ok(rows.length >= 3, "last month was settled with nobody");
    const sum = (column) => rows.reduce((all, cells) => all + Number(cells[column].replaceAll(",", "")), 0);
    assert.deepEqual(await figures(), [`${sum(3)}份`, `${sum(4).toLocaleString("en", { minimumFractionDigits: 2 })}元`]);
    await shot(officer, "benefit-settlements-month");
    assert.deepEqual(await barriers(officer, "settlements of a month"), []);
    const [sheet] = await workbook(async () => {
      await officer.getByRole("button", { name: "导出表格" }).click();
      await dialog(officer, "导出表格").getByRole("button", { name: "导 出" }).click();
    });
    const told = sheet.filter((cells) => rows.some(([place]) => cells.includes(place)));
    assert.equal(told.length, rows.length);
    for (const [place, named, union, pieces, yuan] of rows) {
      const cells = told.find((one) => one.includes(place));
      for (const value of [named, union, pieces, String(Number(yuan.replaceAll(",", "")))]) assert.ok(cells.includes(value), `${place}: ${value}`);
    }
  });

  test("a place disagrees on its phone, and until it is answered the month is not settled with it", async () => {
    const rows = await table("&waiting=settle");
    disputing = rows.find((cells) => cells[6] === "—")[0];
    const { items } = await get(program, officer, `/benefit-partners?q=${encodeURIComponent(disputing)}`);
    const { address } = await post(program, officer, `/benefit-partners/${items[0].id}/key`, {});
    stall = await (await program.context(PHONE)).newPage();
    await stall.goto(address);
    await stall.getByRole("link", { name: "月度对账" }).click();
    const statement = stall.getByRole("article", { name: NAMED });
    await statement.getByText("请核对").waitFor();
    await statement.getByRole("button", { name: "有异议" }).click();
    await statement.getByLabel("哪里不对").fill("少");
    await statement.getByRole("button", { name: "提交异议" }).click();
    await statement.locator(".wrong").first().waitFor();
    await statement.getByLabel("哪里不对").fill("有一份是试扫的，没有发放");
    await shot(stall, "phone-dispute");
    await statement.getByRole("button", { name: "提交异议" }).click();
    await statement.getByText("异议待工会答复").waitFor();
    assert.equal(await statement.getByRole("button", { name: "确认无误" }).count(), 0);
    assert.deepEqual(await barriers(stall, "a disputed statement"), []);

    await table();
    await row(disputing).getByText("1 条异议待答复").waitFor();
    assert.ok(await row(disputing).getByRole("checkbox").isDisabled());
    await open(disputing);
    await officer.getByText("有一份是试扫的").waitFor();
    assert.ok(await officer.getByRole("button", { name: "1 条异议待答复，不能结算" }).isDisabled());
    await shot(officer, "benefit-settle-disputed");
  });

  test("the dispute ends with one piece less: on the page, the phone and the sheet alike", async () => {
    const before = await figures();
    await officer.getByRole("button", { name: "答复", exact: true }).click();
    const form = dialog(officer, "答复异议");
    await form.getByLabel("核对结果").fill("核对录像，减去试扫的一份。");
    await form.getByLabel("调整份数").fill("-1000");
    await form.getByRole("button", { name: "答 复" }).click();
    await form.getByText("核减不能超过该项的份数").waitFor();
    await form.getByLabel("调整份数").fill("-1");
    await form.getByRole("button", { name: "答 复" }).click();
    await officer.getByText("（-1 份）").waitFor();
    const pieces = Number.parseInt(before[0], 10) - 1;
    const yuan = (Number.parseFloat(before[1]) - 15).toFixed(2);
    assert.deepEqual(await figures(), [`${pieces}份`, `${yuan}元`]);

    await stall.reload();
    const statement = stall.getByRole("article", { name: NAMED });
    await statement.getByText(`${pieces} 份，${yuan} 元`).first().waitFor();
    await statement.getByText(`核销 ${pieces + 1}，异议核减 1`).waitFor();
    await statement.getByText("工会答复：核对录像").waitFor();
    await shot(stall, "phone-dispute-answered");
    await statement.getByRole("button", { name: "确认无误" }).click();
    await statement.getByText("已确认，待结算").waitFor();

    const press = () => officer.getByRole("link", { name: "下载结算单" }).click();
    const [lines, days, , disputes] = await workbook(press);
    assert.deepEqual(lines.at(-1).slice(-3), [String(pieces), String(Number(yuan)), ""]);
    assert.deepEqual(lines.at(-2).slice(3, 8), [String(pieces + 1), "0", "-1", String(pieces), String(Number(yuan))]);
    const handed = days.slice(1).reduce((all, cells) => all + Number(cells[2]), 0);
    assert.equal(handed, pieces + 1);
    assert.deepEqual(disputes.at(-1).slice(1), ["有一份是试扫的，没有发放", "核对录像，减去试扫的一份。", "-1"]);
  });

  test("what waits is settled and paid together, and the budget bears just that", async () => {
    const waiting = (await table("&waiting=settle")).filter((cells) => !cells[6].includes("异议"));
    assert.ok(waiting.some(([place]) => place === disputing));
    const pieces = waiting.reduce((all, cells) => all + Number(cells[3]), 0);
    const fen = waiting.reduce((all, cells) => all + Math.round(Number(cells[4].replaceAll(",", "")) * 100), 0);
    for (const [place] of waiting) await row(place).getByRole("checkbox").check();
    await officer.getByRole("button", { name: `结算选中（${waiting.length}）` }).click();
    const sure = dialog(officer, `结算选中的 ${waiting.length} 张结算单？`);
    await sure.getByText(`共 ${pieces} 份、${(fen / 100).toFixed(2)} 元。`).waitFor();
    await said(officer, `已结算 ${waiting.length} 张。`, () => sure.getByRole("button", { name: "结 算" }).click());

    const before = await paid();
    await table("&waiting=pay");
    for (const [place] of waiting) await row(place).getByRole("checkbox").check();
    await officer.getByRole("button", { name: `登记付款（${waiting.length}）` }).click();
    const form = dialog(officer, `登记付款：${waiting.length} 张结算单`);
    await form.getByText(`共 ${(fen / 100).toFixed(2)} 元`).waitFor();
    await form.getByLabel("备注").fill("转账凭证第8号");
    await shot(officer, "benefit-pay-many");
    await said(officer, `已登记 ${waiting.length} 张的付款。`, () => form.getByRole("button", { name: "登记付款" }).click());
    await open(disputing);
    await officer.getByText("（转账凭证第8号）").waitFor();
    await officer.getByText(`的经费项目“${LINE}”`).waitFor();
    await shot(officer, "benefit-settlement-paid");
    assert.equal(await officer.getByRole("button", { name: "答复", exact: true }).count(), 0);
    // Each of them is booked by a job of its own.
    for (const [place] of waiting) {
      await open(place);
      await officer.getByText(`的经费项目“${LINE}”`).waitFor();
    }
    assert.equal(await paid(), before + fen);
    await stall.reload();
    await stall.getByRole("article", { name: NAMED }).getByText("已付款").waitFor();
  });
});

// Story 1's gifts that are fewer than those who want them: names are put in by phone, the seed is promised before, and the
// story reckons the draw again by the rule that the public page tells, and who moves up for one who gives his ticket back.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { barriers } from "./access.js";
import { behind } from "./behind.js";
import { enter, shot } from "./desk.js";
import { enrol, get, post } from "./interface.js";
import { until } from "./map.js";
import { person } from "./people.js";
import { heldBy, PHONE } from "./phone.js";
import { start } from "./program.js";
import { dayAfter } from "./today.js";

const TITLE = "秋季观影券";
const PIECES = 1;
/** How often it is looked whether a job has run: for a minute. */
const PATIENCE = 600;
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

describe("a draw that anybody can reckon again", () => {
  let program;
  let page;
  let round;
  let promised;
  const riders = [811, 812, 813].map(person);
  /** Their phones, by the numbers that stand for them on the list. */
  const phones = new Map();

  before(async () => {
    program = await start("SQLite");
    page = await enter(program, "baotou");
    await enrol(program, page, riders);
  });
  after(() => program?.stop());

  const shown = () => get(program, page, `/public/draws/${round}`);
  const list = async () => {
    const text = await (await page.request.get(`${program.url}/api/v1/public/draws/${round}/list`)).text();
    return text.trimEnd().split("\n").map((line) => line.split(" "));
  };
  /** Whom the list says that something became of. */
  const became = async (what) => (await list()).filter((line) => line[2] === what).map(([entry]) => entry);
  /** The numbers in the order of their lots, by what is published alone. */
  const order = async () => {
    const [{ seed, list_hash: hash }, lines] = [await shown(), await list()];
    assert.equal(sha256(seed), promised);
    assert.equal(sha256(lines.map(([entry, share]) => `${entry} ${share}\n`).join("")), hash);
    const lot = ([entry]) => sha256(`${seed}:${hash}:${entry}`);
    return lines.toSorted((one, other) => (lot(one) < lot(other) ? -1 : 1)).map(([entry]) => entry);
  };
  const reads = async (entry, words) => {
    const phone = phones.get(entry);
    await phone.goto(`${program.url}/w/benefits`);
    await phone.getByRole("article", { name: TITLE }).getByText(words).waitFor();
    return phone;
  };

  test("the hash of the seed is public before anybody has put his name in", async () => {
    const { organisations } = await get(program, page, "/session");
    const organisation_id = organisations[0].id;
    const cinema = { organisation_id, name: "包头影城", kind: "shop", active: true };
    const place = await post(program, page, "/benefit-partners", cinema);
    const offer = await post(program, page, "/benefit-offers", {
      organisation_id,
      kind: "ticket",
      title: TITLE,
      unit_fen: 3500,
      way: "draw",
      redeem_from: dayAfter(0),
      redeem_until: dayAfter(30),
      places: [place.id],
      rounds: [{ opens_at: new Date(Date.now() - 60_000), closes_at: new Date(Date.now() + 3_600_000), total: PIECES }],
    });
    const published = await post(program, page, `/benefit-offers/${offer.id}/publish`, {});
    round = published.rounds[0].id;
    const draw = await shown();
    assert.match(draw.seed_hash, /^[0-9a-f]{64}$/);
    assert.deepEqual([draw.entries, draw.seed, draw.drawn_at], [0, null, null]);
    promised = draw.seed_hash;
  });

  test("riders put their names in on their phones and read a number and the promise", async () => {
    for (const rider of riders) {
      const phone = await heldBy(program, rider, "benefits");
      const offer = phone.getByRole("article", { name: TITLE });
      await offer.getByRole("button", { name: "报名抽签" }).click();
      await offer.getByText("已报名，编号").waitFor();
      phones.set(await offer.locator("span.figure").last().innerText(), phone);
    }
    assert.equal(phones.size, riders.length);
    const [phone] = phones.values();
    await shot(phone, "phone-draw-entered");
    await phone.getByRole("article", { name: TITLE }).getByRole("link", { name: "抽签公示" }).click();
    await phone.getByText("截止后自动抽签").waitFor();
    await phone.getByText(promised).waitFor();
    await phone.getByText(`${riders.length} 人`).waitFor();
  });

  test("it is drawn after the closing as the published seed and list say, and each reads what became of him", async () => {
    // An hour passes; the look for draws doesn't wait for its time.
    await behind(program, "UPDATE benefit_round SET closes_at = closes_at - 7200000000 WHERE id = CAST(? AS INTEGER)", round);
    await until(async () => {
      await behind(program, "UPDATE job SET run_at = 0 WHERE kind = 'benefit_draw'");
      return (await shown()).seed;
    }, Boolean, PATIENCE);
    assert.equal((await shown()).entries, riders.length);
    const lots = await order();
    assert.deepEqual(lots.toSorted(), [...phones.keys()].toSorted());
    assert.deepEqual((await became("won")).toSorted(), lots.slice(0, PIECES).toSorted());
    for (const entry of lots.slice(0, PIECES)) await reads(entry, "已中签");
    for (const entry of lots.slice(PIECES)) await reads(entry, "没有中签");

    const stranger = await (await program.context()).newPage();
    await stranger.goto(`${program.url}/w/draw/${round}`);
    await stranger.getByRole("button", { name: "在本机重新计算" }).click();
    await stranger.getByText("✓ 种子、名单、中签和递补结果全部相符。").waitFor();
    assert.deepEqual(await barriers(stranger, "the draw"), []);
    await shot(stranger, "phone-draw");
  });

  test("who trusts no page copies its commands into a shell beside the list, and they find the same", async () => {
    const stranger = await (await program.context(PHONE)).newPage();
    await stranger.goto(`${program.url}/w/draw/${round}`);
    const folder = join(program.data, "by-hand");
    mkdirSync(folder);
    const [file] = await Promise.all([stranger.waitForEvent("download"), stranger.getByRole("link", { name: "下载名单" }).click()]);
    await file.saveAs(join(folder, file.suggestedFilename()));
    await stranger.getByText("不用本页，自己核对").click();
    await stranger.getByText(`${PIECES} 份`).last().waitFor();
    const told = stranger.locator("details dd");
    await told.last().scrollIntoViewIfNeeded();
    await shot(stranger, "phone-draw-by-hand");
    // A command that has no room beside what it finds runs down the page letter by letter.
    for (const { width } of await told.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()))) assert.ok(width > 300);
    const copied = await told.evaluateAll((all) =>
      all.map((one) => {
        getSelection().selectAllChildren(one);
        return getSelection().toString();
      }),
    );
    const find = (command) => execFileSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" }).trimEnd().split("\n");
    const [seed, hash, lots] = copied.slice(-3).map(find);
    assert.deepEqual([...seed, ...hash], [`${promised}  -`, `${(await shown()).list_hash}  -`]);
    assert.deepEqual(lots.map((line) => line.split(" ")[2]), await order());
    assert.deepEqual(lots.slice(0, PIECES).map((line) => line.split(" ")[2]), await became("won"));
  });

  test("what a winner gives back goes to the next lot, and nobody else", async () => {
    const lots = await order();
    const winner = await reads(lots[0], "已中签");
    await winner.getByRole("article", { name: TITLE }).getByRole("link", { name: /出示凭证/ }).click();
    await winner.getByRole("button", { name: "用不上了，取消领取" }).click();
    await winner.getByRole("button", { name: "确定取消" }).click();
    const up = await until(() => became("moved_up"), (entries) => entries.length > 0, PATIENCE);
    assert.deepEqual(up, [lots[PIECES]]);
    await reads(lots[PIECES], "已中签");
    await reads(lots[PIECES + 1], "没有中签");
  });
});

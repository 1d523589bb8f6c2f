// The key is rotated, and two sealed values turn out to be damaged: the security administrator of the whole house hears which,
// one is put back from a copy, the other is set aside with a reason, and the rotation ends. Nobody else sees the page.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, afterEach, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { barriers } from "./access.js";
import { behind } from "./behind.js";
import { dialog, enter, go, shot } from "./desk.js";
import { PROGRAM, start } from "./program.js";

const PHONE_WIDE = { width: 390, height: 844 };
const DESK_WIDE = { width: 1440, height: 900 };
const DAMAGED = "v1.AAAA";
/** Not waited for by standing still: the program's log must be read meanwhile, or it stops in the middle of a unit. */
const execute = promisify(execFile);

describe("the page of the keys", () => {
  let program;
  before(async () => {
    program = await start("SQLite");
  });
  afterEach(() => program?.leave());
  after(() => program?.stop());

  const first = async (table, column) =>
    (await behind(program, `SELECT CAST(MIN(id) AS TEXT) FROM ${table} WHERE ${column} IS NOT NULL`))[0][0];
  const kept = async (table, column, id) =>
    (await behind(program, `SELECT ${column} FROM ${table} WHERE id = CAST(? AS INTEGER)`, id))[0][0];
  const put = (table, column, id, value) =>
    behind(program, `UPDATE ${table} SET ${column} = ? WHERE id = CAST(? AS INTEGER)`, value, id);
  /** The rotation's job doesn't wait for its time. One that is at its end puts itself off once more. */
  const hurry = () => behind(program, "UPDATE job SET run_at = 0 WHERE kind = 'kernel.reseal'");

  /** The page once it says of the rotation what is waited for; `before` is done each time that it is opened. */
  const tells = async (page, words, before = async () => {}) => {
    const status = page.getByRole("status").filter({ hasText: "密钥" });
    for (const end = Date.now() + 60_000; ; ) {
      await before();
      await page.goto(`${program.url}/keys`);
      await status.waitFor();
      const text = await status.innerText();
      if (words.test(text) || Date.now() > end) return assert.match(text, words);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  };
  const row = (page, value) => page.getByRole("row").filter({ hasText: value });
  const both = async (page, title) => {
    const found = [];
    for (const [wide, size] of [["", DESK_WIDE], ["-phone", PHONE_WIDE]]) {
      await page.setViewportSize(size);
      found.push(...(await barriers(page, `${title}${wide}`)));
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(beyond, 0, `${title}${wide}: nothing reaches beyond the page`);
      await shot(page, `${title}${wide}`);
    }
    await page.setViewportSize(DESK_WIDE);
    assert.deepEqual(found, []);
  };

  test("it is the security administrator's, and tells that all is well", async () => {
    const page = await enter(program, "security");
    await go(page, "密钥");
    await page.getByRole("heading", { name: "密钥" }).waitFor();
    await page.getByRole("status").filter({ hasText: "正常 版本 1 的密钥" }).waitFor();
    await page.getByText("没有损坏的数据。").waitFor();
    await both(page, "keys");
    for (const other of ["quzong", "system", "audit"]) {
      const theirs = await enter(program, other);
      await theirs.goto(`${program.url}/keys`);
      await theirs.getByText("您没有打开这个页面的权限").waitFor();
      for (const path of ["/keys", "/keys/unopened"]) {
        assert.equal((await theirs.request.get(`${program.url}/api/v1${path}`)).status(), 403, `${other}: ${path}`);
      }
    }
  });

  test("damaged values are named; one is put back, the other set aside, and the rotation ends", async () => {
    const lost = await first("person", "phone_sealed");
    const found = await first("person_paper", "number_sealed");
    const copy = await kept("person_paper", "number_sealed", found);
    await put("person", "phone_sealed", lost, DAMAGED);
    await put("person_paper", "number_sealed", found, DAMAGED);
    await execute(PROGRAM, ["rotate-key", "--demo", "--data", program.data]);
    const page = await enter(program, "security");
    await tells(page, /^正在换用 版本 2 的密钥已启用，旧数据正在后台重新加密/);
    // Two minutes pass: every process has heard of the new version, and what was under way is written.
    await behind(program, "UPDATE key_version SET made_at = made_at - 120000000 WHERE version = 2");
    await tells(page, /^未完成 换用版本 2 的密钥还没有完成：有 2 项数据已损坏，无法解密/, hurry);
    await page.getByText("共 2 项").waitFor();
    for (const [place, id] of [["phone_sealed", lost], ["number_sealed", found]]) {
      assert.equal(await row(page, place).filter({ hasText: id }).getByText("无法解密").count(), 1, place);
    }
    await both(page, "keys-damaged");

    // A copy holds one of them; the operator puts it back, and the next day's job takes it along.
    await put("person_paper", "number_sealed", found, copy);
    await tells(page, /^未完成 .*有 1 项数据已损坏/, hurry);
    await row(page, "number_sealed").waitFor({ state: "detached" });

    await row(page, "phone_sealed").getByRole("checkbox").check();
    await page.getByRole("button", { name: "搁置选中（1）" }).click();
    const window = dialog(page, "搁置选中的 1 项");
    await window.getByText("请先确认备份里没有完好的一份").waitFor();
    await window.getByRole("button", { name: /^搁\s?置$/ }).click();
    await window.getByText("请填写原因").waitFor();
    assert.deepEqual(await barriers(page, "setting aside"), []);
    await window.getByLabel("原因").fill("各份备份里都已损坏，已请本人重新登记手机号");
    await window.getByRole("button", { name: /^搁\s?置$/ }).click();
    await row(page, "phone_sealed").getByText("已搁置").waitFor();
    await tells(page, /^正常 版本 2 的密钥自 .* 起用于全部数据（已搁置的除外）/);
    await row(page, "phone_sealed").getByText("已请本人重新登记手机号").waitFor();
    assert.equal(await row(page, "phone_sealed").getByRole("checkbox").isDisabled(), true);
    await both(page, "keys-set-aside");
    assert.equal(await kept("person", "phone_sealed", lost), DAMAGED, "what is set aside stays as it is");
    assert.match(await kept("person_paper", "number_sealed", found), /^v2\./);
  });
});

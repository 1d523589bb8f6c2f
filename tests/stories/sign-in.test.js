// An officer sets up an authenticator, logs in with it and, without the phone, with a recovery code; the security
// administrator takes a lost one away; another officer logs in over an open form. Once, on one database: the storage tests
// cover both.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, test } from "node:test";
import * as desk from "./desk.js";
import { dialog, FIRST, go, shot } from "./desk.js";
import { DATABASES, start } from "./program.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What an authenticator shows (RFC 6238), so many steps of thirty seconds from now. */
function code(secret, ahead = 0) {
  const bits = [...secret].map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const digest = createHmac("sha1", key).update(step).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

describe("a second proof at the log-in", () => {
  let program;
  before(async () => {
    program = await start(DATABASES[0]);
  });
  after(() => program?.stop());

  test("set up, asked for, spared by a recovery code and taken away", async () => {
    const page = await desk.enter(program, "leader");
    await page.getByRole("button", { name: "：账号" }).click();
    await page.getByRole("link", { name: "账号安全" }).click();
    await page.getByRole("heading", { name: "账号安全" }).waitFor();
    await page.getByRole("button", { name: "设置", exact: true }).click();
    const proof = dialog(page, "设置动态口令");
    await proof.getByLabel("您的密码").fill(FIRST);
    await proof.getByRole("button", { name: "下一步" }).click();
    const scan = dialog(page, "扫描二维码");
    await scan.getByRole("img", { name: "动态口令二维码" }).waitFor();
    const secret = (await scan.locator("code").innerText()).replace(/[^A-Z2-7]/g, "");
    assert.equal(secret.length, 32);
    await shot(page, "authenticator");
    await scan.getByLabel("6 位数字").fill(code(secret));
    await scan.getByRole("button", { name: "确 认" }).click();
    const once = dialog(page, "恢复码");
    await once.getByRole("listitem").first().waitFor();
    const recovery = await once.getByRole("listitem").allInnerTexts();
    assert.equal(recovery.length, 10);
    await shot(page, "recovery-codes");
    await once.getByRole("button", { name: "我已记下" }).click();
    await page.getByText("已设置", { exact: true }).waitFor();

    const second = await desk.open(program, "leader");
    await second.getByLabel("动态口令").fill("000000");
    await second.getByRole("button", { name: "登 录" }).click();
    await second.getByText("动态口令不对或已用过").waitFor();
    await shot(second, "second-step");
    // A phone's clock may be half a minute ahead; the code just used opens no more.
    await second.getByLabel("动态口令").fill(code(secret, 1));
    await second.getByRole("button", { name: "登 录" }).click();
    await second.getByRole("button", { name: "：账号" }).waitFor();

    const without = await desk.open(program, "leader");
    await without.getByRole("button", { name: "手机不在身边" }).click();
    await without.getByLabel("恢复码").fill(recovery[0]);
    await without.getByRole("button", { name: "登 录" }).click();
    await without.getByRole("button", { name: "：账号" }).waitFor();

    // The first page ends what the second one left open.
    await page.reload();
    await page.getByRole("button", { name: /^退出.*登录的$/ }).nth(1).waitFor();
    await shot(page, "log-ins");
    await page.getByRole("button", { name: "退出其他所有设备" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "确 定" }).click();
    await page.getByText("已退出", { exact: true }).waitFor();
    assert.equal(await page.getByRole("button", { name: /^退出.*登录的$/ }).count(), 0);
    await second.reload();
    await second.getByRole("button", { name: "登 录" }).waitFor();

    const security = await desk.enter(program, "security");
    await go(security, "账号");
    const row = security.getByRole("row").filter({ hasText: "leader" });
    await row.getByRole("button", { name: "移除口令" }).click();
    await security.getByRole("dialog").getByRole("button", { name: "移 除" }).click();
    await row.getByRole("button", { name: "移除口令" }).waitFor({ state: "detached" });
    await desk.enter(program, "leader");
  });

  test("a log-in that ends over an open form takes nothing away that was typed", async () => {
    const page = await desk.enter(program, "quzong");
    await go(page, "平台企业");
    await page.getByRole("button", { name: "新增企业" }).click();
    await dialog(page, "新增平台企业").getByLabel("企业名称").fill("草原跑腿");

    const other = await desk.enter(program, "quzong");
    await other.getByRole("button", { name: "：账号" }).click();
    await other.getByRole("link", { name: "账号安全" }).click();
    await other.getByRole("button", { name: "退出其他所有设备" }).click();
    await other.getByRole("dialog").getByRole("button", { name: "确 定" }).click();
    await other.getByText("已退出", { exact: true }).waitFor();

    await dialog(page, "新增平台企业").getByRole("button", { name: "保 存" }).click();
    const again = dialog(page, "请重新登录");
    await again.getByLabel("用户名").fill("quzong");
    await again.getByLabel("密码", { exact: true }).fill(FIRST);
    await shot(page, "log-in-over");
    await again.getByRole("button", { name: "登 录" }).click();
    await page.getByRole("row").filter({ hasText: "草原跑腿" }).waitFor();
    assert.equal(await page.getByRole("dialog").filter({ visible: true }).count(), 0);
  });
});

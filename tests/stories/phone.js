// What riders do with their phones.
import assert from "node:assert/strict";

export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** The code that the demo wrote into the program's log after what stood there before. */
export async function codeOf(program, sent) {
  for (let tries = 0; tries < 1200; tries += 1) {
    const found = program
      .log()
      .slice(sent)
      .match(/验证码 (\d{6})/);
    if (found) return found[1];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail("no code was sent");
}

/** Types a number, asks for its code and types that. */
export async function prove(program, page, number) {
  const sent = program.log().length;
  await page.getByLabel("手机号码").fill(number);
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByLabel("验证码", { exact: true }).fill(await codeOf(program, sent));
}

/** Logs in the owner of a number, where the page asks for it. */
export async function logIn(program, page, number) {
  await prove(program, page, number);
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByRole("heading", { name: "登录我的娘家" }).waitFor({ state: "detached" });
  // Asked on a phone that is new to him.
  const isMe = page.getByRole("button", { name: "是我本人" });
  if (await isMe.isVisible()) await isMe.click();
}

/** A phone whose owner is logged in, at a page. */
export async function heldBy(program, who, path) {
  const page = await (await program.context(PHONE)).newPage();
  await page.goto(`${program.url}/w/${path}`);
  await logIn(program, page, who.phone);
  return page;
}

// What officers do on every page of the console.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

export const SHOTS = join(import.meta.dirname, "shots");
mkdirSync(SHOTS, { recursive: true });

/** The password of all accounts of the demo. */
export const FIRST = "Niangjia-2026";

/** Opens the console and sends the log-in. */
export async function open(program, username, password = FIRST) {
  const context = await program.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(error));
  await page.goto(program.url);
  await page.getByLabel("用户名").fill(username);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登 录" }).click();
  return page;
}

/** Logs in. */
export async function enter(program, username, password) {
  const page = await open(program, username, password);
  await page.getByRole("button", { name: "：账号" }).waitFor();
  return page;
}

/** Opens a page of the menu. */
export const go = (page, link) => page.getByRole("link", { name: link, exact: true }).click();

export const shot = (page, title) => page.screenshot({ path: join(SHOTS, `${title}.png`) });

/** A window by its title. */
export const dialog = (page, title) => page.getByRole("dialog").filter({ hasText: title });

/** Chooses from a field of a window whose list opens over the page. */
export async function choose(page, field, option) {
  await field.click();
  await page.locator(".ant-select-item-option").filter({ hasText: option }).first().click();
  // The list of a field that takes several stays open; one that takes one value has closed, and Escape would close the window.
  const several = await field.evaluate((input) => input.closest(".ant-select-multiple") !== null);
  if (several) await page.keyboard.press("Escape");
}

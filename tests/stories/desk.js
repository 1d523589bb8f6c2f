// What officers do on every page of the console.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

export const SHOTS = join(import.meta.dirname, "shots");
mkdirSync(SHOTS, { recursive: true });

/** The password of all accounts of the demo. */
export const FIRST = "Niangjia-2026";

/**
 * An officer's browser. Nothing moves in it: a window or a list that is still moving takes a click somewhere else than where it
 * was aimed at, now and then, and the slower the machine the more often.
 */
export const DESK = { viewport: { width: 1440, height: 900 }, locale: "zh-CN", reducedMotion: "reduce" };

/** Opens the console and sends the log-in. */
export async function open(program, username, password = FIRST) {
  const context = await program.browser.newContext(DESK);
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
  const several = await field.evaluate((input) => input.closest(".ant-select-multiple") !== null);
  await field.click();
  // The list of the field, not one that another field left in the page.
  const list = page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)");
  await list.locator(".ant-select-item-option").filter({ hasText: option }).first().click();
  // The list of a field that takes several stays open; that of one value closes, and Escape would close the window.
  if (several) await page.keyboard.press("Escape");
  await list.waitFor({ state: "detached" });
}

/** Chooses an organisation by its name. */
export async function find(page, field, name) {
  await field.click();
  await field.fill(name);
  await page.locator(".ant-select-tree-title").filter({ hasText: name }).click();
}

/** Types a day into a field and waits until the field has taken it. */
export async function pickDay(field, day) {
  await field.fill(day);
  await field.press("Enter");
  await field.page().locator(".ant-picker-dropdown:visible").waitFor({ state: "detached" });
  assert.equal(await field.inputValue(), day);
}

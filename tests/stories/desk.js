// What officers do on every page of the console.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

export const SHOTS = join(import.meta.dirname, "shots");
mkdirSync(SHOTS, { recursive: true });

/** The password of all accounts of the demo. */
export const FIRST = "Niangjia-2026";

/** An officer's screen. */
export const DESK = { viewport: { width: 1440, height: 900 } };

/** Opens the console and sends the log-in. */
export async function open(program, username, password = FIRST) {
  const context = await program.context(DESK);
  const page = await context.newPage();
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

/** Types a password of his own in place of the first one, and goes on. */
export async function chooseOwn(page, password) {
  await page.getByLabel("新密码", { exact: true }).fill(password);
  await page.getByLabel("再填一次新密码").fill(password);
  await page.getByRole("button", { name: "设置新密码并登录" }).click();
}

/** Opens a page of the menu, which may stand in a window; where the menu is long the page is looked for by its name. */
export async function go(place, link) {
  const finder = place.getByLabel("查找页面").and(place.locator(":visible"));
  if (await finder.count()) await finder.fill(link);
  await place.getByRole("link", { name: link, exact: true }).click();
}

/** Opens all that is folded in the menu. */
export async function unfold(page) {
  const folded = page.getByRole("navigation", { name: "主菜单" }).locator("[aria-expanded=false]");
  for (let left = await folded.count(); left > 0; left -= 1) await folded.first().click();
}

export const shot = (page, title) => page.screenshot({ path: join(SHOTS, `${title}.png`) });

/** A window by its title. */
export const dialog = (page, title) => page.getByRole("dialog").filter({ hasText: title });

/** Does something and waits for the words that pass by after it: looked for from before on, because they don't stay. */
export const said = (page, words, act) => Promise.all([page.getByText(words).first().waitFor(), act()]);

/** The list that stands open; a closed one may be left in the page. */
const LIST = ".ant-select-dropdown:not(.ant-select-dropdown-hidden)";

/** The whole of a field that opens a list. */
const listed = (field) => field.locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' ant-select ')][1]");

/** Chooses from a field whose list opens over the page. */
export async function choose(page, field, option) {
  const whole = listed(field);
  const list = page.locator(LIST);
  const wanted = list.locator(".ant-select-item-option").filter({ hasText: option }).first();
  await whole.click();
  // What can be chosen may have to come from the server first.
  await list.locator(".ant-select-item-option").first().waitFor();
  // Only what is in sight of a long list is in the page.
  while ((await wanted.count()) === 0 && (await list.locator(".rc-virtual-list-holder").evaluate(further))) {}
  await wanted.click();
  // The list of a field that takes several stays open; that of one value closes, and Escape would close the window.
  if (await whole.evaluate((select) => select.classList.contains("ant-select-multiple"))) await page.keyboard.press("Escape");
  await list.waitFor({ state: "detached" });
  await whole.filter({ hasText: option }).waitFor();
}

/** Goes down a list by what is in sight of it and waits until it is drawn; answers whether there was more. */
const further = async (list) => {
  const before = list.scrollTop;
  list.scrollTop += list.clientHeight / 2;
  for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
  return list.scrollTop > before;
};

/** Chooses an organisation by its name, in a tree or a list. */
export async function find(page, field, name) {
  const whole = listed(field);
  await whole.click();
  await field.fill(name);
  await page.locator(LIST).locator(".ant-select-tree-title, .ant-select-item-option").filter({ hasText: name }).click();
  await page.locator(LIST).waitFor({ state: "detached" });
  await whole.filter({ hasText: name }).waitFor();
}

/** Types a day into a field and waits until the field has taken it. */
export async function pickDay(field, day) {
  const calendar = field.page().locator(".ant-picker-dropdown:visible");
  // Enter opens the calendar of a field whose calendar has not come yet, and takes the day where it has.
  await field.click();
  await calendar.waitFor();
  await field.fill(day);
  // Until the calendar stands at it, Enter would take the day before.
  await calendar.locator(`.ant-picker-cell-selected[title="${day}"]`).waitFor();
  await field.press("Enter");
  await calendar.waitFor({ state: "detached" });
  assert.equal(await field.inputValue(), day);
}

// Looks for what keeps people out of a page: WCAG 2.1 A and AA, as far as a program can find it.
import axe from "axe-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
/** A long table's rows are alike: the first tell what bars the way in all of them. */
const ALIKE = "tbody tr:nth-child(n + 9)";
const GRAVE = ["serious", "critical"];

/** Waits until a page shows what it asked the server for. */
export async function settled(page) {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(
    () => document.querySelector(".ant-skeleton, .ant-spin-spinning, .ant-table-placeholder .ant-spin") === null,
  );
  // What opens moves into place first; half transparent it would be judged by colours that nobody reads.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
}

/** What keeps people out of a page, a line each: where, what. */
export async function barriers(page, what) {
  await settled(page);
  // A page that broke lets nobody in, however well what stands in its place reads.
  if (await page.getByRole("heading", { name: "页面没有打开" }).count()) return [`${what}: broken`];
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(
    ([tags, alike]) => window.axe.run({ exclude: [[alike]] }, { runOnly: tags, resultTypes: ["violations"] }),
    [TAGS, ALIKE],
  );
  return found.violations
    .filter((one) => GRAVE.includes(one.impact))
    .map((one) => `${what}: ${one.id} (${one.help}): ${one.nodes.slice(0, 4).map(where).join(" | ")}`);
}

const where = (node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`;

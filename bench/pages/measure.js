// How heavy the pages are and what Lighthouse says of them: rows of the benchmark's table, on standard output. What costs
// points goes to standard error. Ends with 1 where an aim is missed.
import { browse, joinPage, logIn } from "./desk.js";
import { start } from "./program.js";
import { score } from "./score.js";
import { weigh } from "./weight.js";

const AIM = 90;
let missed = false;

function row(what, aim, value, held) {
  if (!held) missed = true;
  console.log(`| ${what} | ${value}${held ? "" : " (missed)"} | ${aim} | |`);
}

const weight = (what, most, kB) => row(what, `≤ ${most} kB`, `${kB.toFixed(0)} kB`, kB <= most);

async function scored(what, url, page, options) {
  const { scores, failed } = await score(url, page, options);
  row(`${what}: performance, accessibility, best practices`, `≥ ${AIM}`, scores.join(", "), scores.every((one) => one >= AIM));
  for (const line of failed) console.error(`  ${what}: ${line}`);
}

const program = await start();
const browser = await browse();
try {
  const { url } = program;
  const join = await joinPage(url);
  for (const encoding of ["gzip", "br"]) {
    const [first, home] = await weigh(browser, { encoding }, async (page, mark) => {
      await page.goto(url, { waitUntil: "networkidle0" });
      mark();
      await logIn(page);
      mark();
    });
    weight(`console, log-in page, ${encoding}`, 350, first.kB);
    weight(`console, until home is complete, ${encoding}`, 350, home.kB);
    const [phone] = await weigh(browser, { encoding }, async (page, mark) => {
      await page.goto(join, { waitUntil: "networkidle0" });
      mark();
    });
    weight(`worker's join page, ${encoding}`, 150, phone.kB);
  }
  const [seen] = await weigh(browser, { slow: true }, async (page, mark) => {
    await page.goto(join, { waitUntil: "domcontentloaded" });
    await page.waitForSelector("button.main");
    mark();
  });
  row("worker's join page on slow 3G: until “我要入会” can be tapped", "—", `${(seen.ms / 1000).toFixed(1)} s`, true);

  const page = await browser.newPage();
  await scored("console, log-in page", url, page, { desk: true });
  await page.goto(url);
  await logIn(page);
  await scored("console, home", url, page, { desk: true });
  await scored("worker's join page", join, await browser.newPage());
  await scored("worker's join page on slow 3G", join, await browser.newPage(), { slow: true });
} finally {
  await browser.close();
  await program.stop();
}
process.exitCode = missed ? 1 : 0;

// A browser, an officer in it, and what the event's code leads to.
import puppeteer from "puppeteer-core";

/** Any of the demo's officers; the password is that of all of them. */
const OFFICER = { username: "quzong", password: "Niangjia-2026" };

/** A browser that has nothing in its cache. */
export const browse = () =>
  puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--lang=zh-CN",
    ],
  });

/** Types the log-in and waits for the home page to be complete. */
export async function logIn(page) {
  await page.locator("input[autocomplete='username']").fill(OFFICER.username);
  await page.locator("input[type='password']").fill(OFFICER.password);
  await Promise.all([page.waitForSelector(".board > li"), page.locator("button[type='submit']").click()]);
  await page.waitForNetworkIdle();
}

/** The address of the page that riders come to in the hall. */
export async function joinPage(url) {
  const headers = { "content-type": "application/json", "x-niangjia": "web" };
  const session = await fetch(`${url}/api/v1/session`, { method: "POST", headers, body: JSON.stringify(OFFICER) });
  const cookie = session.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const events = await (await fetch(`${url}/api/v1/events`, { headers: { cookie } })).json();
  return `${url}/w/e/${events.items.find((one) => one.open).code}`;
}

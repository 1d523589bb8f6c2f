// What comes over the wire, by the browser's own log of its network.

/** What DevTools calls slow 3G: 400 ms a way, 400 kbit/s down and up. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

/** Does something on a new page of a browser with an empty cache; answers the kB that it loaded and how long it took. */
export async function weigh(browser, { slow = false, encoding = "gzip" }, work) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const network = await page.createCDPSession();
  await network.send("Network.enable");
  await page.setExtraHTTPHeaders({ "accept-encoding": encoding });
  if (slow) await network.send("Network.emulateNetworkConditions", SLOW);
  let bytes = 0;
  network.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  const begun = performance.now();
  const marks = [];
  // A mark is what was loaded and gone by until then.
  const mark = () => marks.push({ kB: bytes / 1000, ms: performance.now() - begun });
  await work(page, mark);
  await context.close();
  return marks;
}

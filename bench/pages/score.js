// Lighthouse's scores of a page.
import lighthouse, { desktopConfig } from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices"];
/** Lighthouse's own "slow 4G" is what a phone is measured by; this is the hall's bad network. */
const SLOW_3G = { requestLatencyMs: 400, downloadThroughputKbps: 400, uploadThroughputKbps: 400, cpuSlowdownMultiplier: 4, rttMs: 400, throughputKbps: 400 };

/** Officers sit at a desk, workers hold a phone. `page` may be logged in: what it keeps is left to it. */
export async function score(url, page, { desk = false, slow = false } = {}) {
  const flags = { onlyCategories: CATEGORIES, disableStorageReset: desk, logLevel: "error" };
  const config = desk ? desktopConfig : undefined;
  // Really slowed down: what Lighthouse reckons from a fast load holds for its own two networks only.
  if (slow) Object.assign(flags, { throttlingMethod: "devtools", throttling: SLOW_3G });
  const { lhr } = await lighthouse(url, flags, config, page);
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  return {
    scores: CATEGORIES.map((category) => Math.round(lhr.categories[category].score * 100)),
    failed: CATEGORIES.flatMap((category) =>
      lhr.categories[category].auditRefs
        .map(({ id }) => lhr.audits[id])
        .filter((audit) => audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== "informative")
        .map((audit) => `${category}: ${audit.title} ${audit.displayValue ?? ""}`.trim()),
    ),
  };
}

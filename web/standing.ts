import type { Plugin } from "vite";
import { BENEFITS, LEAD } from "./worker/join/benefits.ts";

const PAGE = "w/index.html";
/** What stands in the page until its script has come. */
const OPENING = '<p class="quiet" role="status">正在打开…</p>';

/**
 * Makes of the workers' page a second one for those who come to join: it holds what joining means, in the same words and
 * places as the script will. On a hall's bad network one reads it seconds before the script has come.
 */
export function standing(): Plugin {
  const benefits = BENEFITS.map(([name, text]) => `<li><b>${name}</b><span>${text}</span></li>`).join("");
  const text = `<h1>扫码入会</h1>${OPENING}<p>${LEAD}</p><h2>入会十件实惠</h2><ol class="benefits">${benefits}</ol>`;
  return {
    name: "standing",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const page = bundle[PAGE];
      const html = page?.type === "asset" ? String(page.source) : "";
      if (!html.includes(OPENING)) return this.error(`${PAGE} doesn't say that it opens`);
      this.emitFile({ type: "asset", fileName: "w/e/index.html", source: html.replace(OPENING, text) });
    },
  };
}

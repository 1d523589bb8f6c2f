import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test.each(["index.html", "w/index.html", "screen/index.html"])(
  "until its script has come %s is not blank, and it has a sign of its own",
  (entry) => {
    const page = readFileSync(`${import.meta.dirname}/${entry}`, "utf8");
    expect(page).toContain('rel="icon"');
    expect(page).toMatch(/<div id="root">.*role="status">正在打开….*<\/div>/s);
    expect(page).toContain("<noscript>");
  },
);

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Built } from "./budget.ts";
import { filesOf } from "./offline.ts";

const chunk = (more: Partial<Built>): Built => ({ type: "chunk", code: "", ...more });
const styles = (...names: string[]) => ({ importedCss: new Set(names), importedAssets: new Set<string>() });

test("what each page needs is kept ahead, but nothing large, and nothing of the console's", () => {
  const built: Record<string, Built> = {
    "assets/worker-1.js": chunk({
      name: "worker",
      isEntry: true,
      imports: ["assets/react-1.js"],
      dynamicImports: ["assets/find-1.js", "assets/duty-1.js"],
      viteMetadata: styles("assets/worker-1.css"),
    }),
    "assets/react-1.js": chunk({ code: randomBytes(60_000).toString("latin1") }),
    "assets/find-1.js": chunk({ imports: ["assets/react-1.js"], dynamicImports: ["assets/map-1.js"] }),
    "assets/map-1.js": chunk({
      code: randomBytes(60_000).toString("latin1"),
      imports: ["assets/distance-1.js"],
      viteMetadata: styles("assets/map-1.css"),
    }),
    // Also the map needs it, and is looked at first.
    "assets/distance-1.js": chunk({}),
    "assets/duty-1.js": chunk({ imports: ["assets/distance-1.js"] }),
    "assets/console-1.js": chunk({ name: "console", isEntry: true, dynamicImports: ["assets/plan-1.js"] }),
    "assets/plan-1.js": chunk({}),
  };
  expect(filesOf(built, "worker")).toEqual({
    first: ["worker-1.js", "worker-1.css", "react-1.js"],
    ahead: ["find-1.js", "duty-1.js", "distance-1.js"],
    large: ["map-1.js", "map-1.css"],
  });
  expect(() => filesOf(built, "phone")).toThrow("no entry");
});

test("a phone may put the pages on its home screen: what is named for that is there", () => {
  const inPublic = (path: string) => join(import.meta.dirname, "public", path);
  const { start_url, scope, icons } = JSON.parse(readFileSync(inPublic("/w/manifest.webmanifest"), "utf8"));
  expect([start_url, scope]).toEqual(["/w/", "/w/"]);
  for (const { src } of icons) expect(existsSync(inPublic(src)), src).toBe(true);
  const page = readFileSync(join(import.meta.dirname, "w/index.html"), "utf8");
  for (const [, path = ""] of page.matchAll(/<link [^>]*href="([^"]+)"/g))
    expect(existsSync(inPublic(path)), path).toBe(true);
});

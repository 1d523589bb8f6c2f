import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

test("nothing on a phone stands apart by `gap`, which phones of 2020 know in grids only, as `grid-gap`", () => {
  const files = ["worker", "shared"].flatMap((folder) =>
    (readdirSync(join(import.meta.dirname, "..", folder), { recursive: true }) as string[])
      .filter((file) => file.endsWith(".css"))
      .map((file) => join(import.meta.dirname, "..", folder, file)),
  );
  expect(files.length).toBeGreaterThan(3);
  expect(files.filter((file) => /[\s;{](row-|column-)?gap:/.test(readFileSync(file, "utf8")))).toEqual([]);
});

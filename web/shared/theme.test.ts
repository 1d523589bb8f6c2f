import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { colours } from "./theme";

test("pages with and without antd have the same colours", () => {
  const css = readFileSync(`${import.meta.dirname}/base.css`, "utf8");
  const named = [...css.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [
    name?.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    colour,
  ]);
  expect(Object.fromEntries(named)).toEqual(colours);
});

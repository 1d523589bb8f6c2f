import { expect, test } from "vitest";
import type { DivisionOutlines } from "../../client/types";
import { groundWords } from "./ground-words";

const outlines = { type: "FeatureCollection", features: [{}] } as unknown as DivisionOutlines;

test("whoever looks for a street on outlines alone is told why there is none", () => {
  expect(groundWords({ outlines, districts: [] }, false)).toMatch(/^只有区划轮廓，没有街道图；.*配置地图/);
  expect(groundWords({ districts: [] }, false)).toMatch(/^没有底图；/);
  const tiles = { tiles: [], notice: "天地图 GS(2024)0650号" };
  expect(groundWords({ tiles, outlines, districts: [] }, false)).toBe("天地图 GS(2024)0650号。");
  expect(groundWords({ tiles, outlines, districts: [] }, true)).toContain("没有加载出来");
});

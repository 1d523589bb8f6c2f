import { expect, test } from "vitest";
import type { NeedRow } from "../client/types";
import { verdict } from "./need";

const EMPTY: NeedRow = {
  organisation_id: "1",
  organisation: "和平路街道工会委员会",
  workers: 0,
  stations: 0,
  visits: 0,
  wanted: 0,
  why: "",
};

test("unions that have written nothing down do not have stations enough", () => {
  expect(verdict({ wanted: 0, left_out: 0, places: [] })).toContain("无法比较");
  expect(verdict({ wanted: 0, left_out: 0, places: [EMPTY] })).toContain("无法比较");
  expect(verdict({ wanted: 0, left_out: 0, places: [EMPTY, { ...EMPTY, workers: 40, stations: 1 }] })).toBe(
    "现有驿站够用",
  );
  expect(verdict({ wanted: 2, left_out: 0, places: [{ ...EMPTY, workers: 400 }] })).toBe("建议共增设 2 个");
});

test("who reads the verdict is told of how many unions it doesn't tell", () => {
  const places = [{ ...EMPTY, workers: 400, wanted: 1 }];
  expect(verdict({ wanted: 1, left_out: 3, places })).toBe("建议共增设 1 个；只比较了前 1 个工会，还有 3 个没有比较");
});

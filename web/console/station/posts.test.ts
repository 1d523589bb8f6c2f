import { expect, test } from "vitest";
import type { StationPost } from "../../client/types";
import { lasting, leaving } from "./posts";

test("who left is not on duty any more, and who is to come may be", () => {
  const post = (id: string, until_day: string | null) => ({ id, until_day }) as StationPost;
  const posts = [post("now", null), post("leaves", "2026-07-06"), post("left", "2026-07-05")];
  const ids = (held?: string) => lasting(posts, "2026-07-05", held).map((one) => one.id);
  expect(ids()).toEqual(["now", "leaves"]);
  expect(ids("left")).toEqual(["now", "leaves", "left"]);
});

test("whoever relieves somebody reads beforehand how many of his shifts are called off", () => {
  const post = (duties: number) => ({ name: "张*", duties }) as StationPost;
  expect(leaving(post(2))).toContain("张*还有2个值守班次没有开始");
  expect(leaving(post(0))).toBeUndefined();
  expect(leaving(undefined)).toBeUndefined();
});

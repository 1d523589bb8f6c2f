import { expect, test } from "vitest";
import type { StationPost } from "../../client/types";
import { lasting } from "./posts";

test("who left is not on duty any more, and who is to come may be", () => {
  const post = (id: string, until_day: string | null) => ({ id, until_day }) as StationPost;
  const posts = [post("now", null), post("leaves", "2026-07-06"), post("left", "2026-07-05")];
  const ids = (held?: string) => lasting(posts, "2026-07-05", held).map((one) => one.id);
  expect(ids()).toEqual(["now", "leaves"]);
  expect(ids("left")).toEqual(["now", "leaves", "left"]);
});

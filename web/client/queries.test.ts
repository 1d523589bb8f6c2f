import { expect, test } from "vitest";
import { Problem } from "./problem";
import { again, onceBack } from "./queries";

test("what the server has judged is not asked for again, what brought no answer is, so many times", () => {
  const asked = (error: Error) => [0, 1, 2].map((tries) => again(2)(tries, error));
  for (const status of [401, 403, 404, 429])
    expect(asked(new Problem(status, "no", "不行。"))).toEqual([false, false, false]);
  for (const status of [0, 500, 503]) expect(asked(new Problem(status, "busy", "忙。"))).toEqual([true, true, false]);
  expect(asked(new TypeError("no network"))).toEqual([true, true, false]);
});

test("only what found no network is asked for again by itself", () => {
  const asked = (error: unknown) => onceBack({ state: { error } });
  expect(asked(new Problem(0, "offline", "网络不通。"))).toBeGreaterThan(0);
  for (const error of [null, new Problem(404, "not_found", "没有。"), new Problem(503, "busy", "忙。")])
    expect(asked(error)).toBe(false);
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, officer, serve } from "../testing";
import Keys from "./keys";

test("a key that is older than a year is to be rotated, and not called all right", async () => {
  const at = "2026-07-05T10:00:00+08:00";
  for (const [today, told] of [
    ["2027-07-05", "正常 版本 2 的密钥"],
    ["2027-07-06", "该轮换了 版本 2 的密钥"],
  ]) {
    serve({
      "GET /session": { ...officer("access.keys"), today },
      "GET /keys": { version: 2, made_at: at, done_at: at, unopened: 0 },
    });
    const { place } = draw(createElement(Keys));
    await soon(() => expect(place.textContent).toContain(told));
    place.remove();
  }
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { there } from "../../testing";
import { draw, json, serve } from "../testing";
import VisitsPage from "./visits";

test("whose rating was hidden reads why, and is not asked to change it", async () => {
  const visit = { station: "友谊驿站", happened_at: "2026-07-05T09:00:00+08:00", points: 4, said: null, reply: null };
  serve(() =>
    json([
      { ...visit, id: "1", hidden: "含广告" },
      { ...visit, id: "2", hidden: null },
    ]),
  );
  const { place } = draw(createElement(VisitsPage));
  const [hidden, shown] = await there(() => {
    const all = place.querySelectorAll("article");
    return all.length === 2 ? [...all] : undefined;
  });
  expect(hidden?.textContent).toContain("原因：含广告");
  expect(hidden?.querySelector("button")).toBeNull();
  expect(shown?.querySelector("button")?.textContent).toBe("修改评价");
});

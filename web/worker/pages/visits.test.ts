import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
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

test("what was answered can no longer be changed, and it is said where its deletion is asked for", async () => {
  const visit = { station: "东河驿站", happened_at: "2026-07-01T09:00:00+08:00", points: 2, said: "电话13800138000" };
  const visits = [
    { ...visit, id: "1" },
    { ...visit, id: "2", reply: "谢谢" },
  ];
  serve(() => json(visits));
  const { place } = draw(createElement(VisitsPage));
  await soon(() => expect(place.querySelectorAll("article").length).toBe(2));
  const [open, answered] = [...place.querySelectorAll("article")];
  expect(open?.querySelector("button")?.textContent).toBe("修改评价");
  expect(open?.querySelector("a")).toBeNull();
  expect(answered?.querySelector("button")).toBeNull();
  expect(answered?.querySelector("a")?.getAttribute("href")).toMatch(/\/privacy$/);
});

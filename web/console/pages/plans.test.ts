import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, serve } from "../testing";
import Plans from "./plans";

test("plans are asked for once their year is typed whole, and all of them when it is emptied", async () => {
  const sent = serve({});
  const { place } = draw(createElement(Plans), "/plans", "/plans");
  const years = () =>
    sent.flatMap(({ path }) => (path.startsWith("/plans") ? (/year=(\d*)/.exec(path)?.[1] ?? "") : []));
  const field = await there(() => place.querySelector<HTMLInputElement>("input[aria-label=年度]"));
  await soon(() => expect(years()).toEqual([""]));
  for (const typed of ["2", "20", "202", "2026"]) {
    type(field, typed);
    await new Promise((done) => setTimeout(done, 50));
    expect(field.value).toBe(typed);
  }
  await soon(() => expect(years()).toEqual(["", "2026"]));
  expect(place.textContent).not.toContain("还没有计划");
  type(field, "");
  await soon(() => expect(place.textContent).toContain("还没有计划"));
});

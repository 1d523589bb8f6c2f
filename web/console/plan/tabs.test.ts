import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, serve } from "../testing";
import { PlanTabs } from "./tabs";

test.each([
  [true, ["进度", "经费", "报告"]],
  // Who carries a plan of above out would be refused its money.
  [false, ["进度", "报告"]],
])("the money of a plan that is one's own (%s) is a side of it", async (own, words) => {
  serve({});
  const { place } = draw(createElement(PlanTabs, { plan: { id: "1", own }, shown: "" }));
  await soon(() => expect([...place.querySelectorAll("[role=tab]")].map((tab) => tab.textContent)).toEqual(words));
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, serve } from "../testing";
import BenefitSettlements from "./benefit-settlements";
import Nominations from "./nominations";

test.each([
  [Nominations, "/benefit-nomination-rounds", "decide", "推荐待审批"],
  [Nominations, "/benefit-nomination-rounds", "show", "审批完，待公示"],
  [BenefitSettlements, "/benefit-settlements", "pay", "待付款"],
  [BenefitSettlements, "/benefit-settlements", "book", "已付款，没有列支"],
])("what waits is a filter of the list %#", async (page, path, waiting, words) => {
  const sent = serve({ [`GET ${path}`]: { items: [], total: 0, pieces: 0, amount_fen: 0 } });
  const { place } = draw(createElement(page), "/", `/?waiting=${waiting}`);
  await soon(() => expect(sent.some((one) => one.path.startsWith(`${path}?waiting=${waiting}`))).toBe(true));
  expect(place.textContent).toContain(words);
});

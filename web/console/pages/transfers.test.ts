import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, serve } from "../testing";
import Transfers from "./transfers";

test("the list behind what waits for an officer holds what he must answer, and says so", async () => {
  for (const [overdue, read] of [
    ["false", "待我答复"],
    ["true", "逾期待我决定"],
  ]) {
    const sent = serve({});
    const { place } = draw(createElement(Transfers), "/transfers", `/transfers?overdue=${overdue}`);
    await soon(() => expect(place.textContent).toContain(read));
    await soon(() => expect(sent.at(-1)?.path).toContain(`overdue=${overdue}`));
  }
});

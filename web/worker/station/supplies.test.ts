import { QueryClient } from "@tanstack/react-query";
import { createElement } from "react";
import { expect, test, vi } from "vitest";
import type { StationGood } from "../../client/types";
import { press, there } from "../../testing";
import { draw, json, serve } from "../testing";
import type { Kept } from "./queue";
import { Supplies } from "./supplies";

test("what has expired and waits to be cleared away takes nothing from what may be used", () => {
  const batches = [
    { id: "1", expires_on: "2026-01-01", left: 20, expired: true },
    { id: "2", expires_on: "2030-01-01", left: 5, expired: false },
  ];
  const good = { id: "9", name: "碘伏", unit: "瓶", least: 0, left: 5, expired: 20, expiring: 0, low: false, batches };
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(["mine", "/me/stations/7/supplies"], [good as unknown as StationGood]);
  const body = { sent_as: "abcdefgh", good_id: "9", happened_at: "2026-07-05T08:00:00Z" };
  const waiting: Kept[] = [
    { to: "takings", label: "", body: { ...body, batch_id: "1", quantity: 20 } },
    { to: "takings", label: "", body: { ...body, quantity: 2 } },
  ];
  const { place } = draw(createElement(Supplies, { station: "7", waiting, keep: vi.fn() }), "/", client);
  expect(place.querySelector(".figure")?.textContent).toBe("3");
  const press = (words: string) =>
    [...place.querySelectorAll("button")].find((one) => one.textContent?.includes(words));
  expect(press("清理")?.disabled).toBe(true);
  expect(press("领用")?.disabled).toBe(false);
});

test("what comes in under another kind is told so where the kind is chosen", async () => {
  const fields = [{ field: "kind", code: "other_kind", message: "“创可贴”原来登记为药品，请改选类别。" }];
  const refusal = { status: 422, code: "invalid", title: "", detail: "请更正。", fields };
  serve((_, { method }) => (method === "POST" ? json(refusal, 422) : json([])));
  const { place } = draw(createElement(Supplies, { station: "7", waiting: [], keep: vi.fn() }));
  await press("登记入库");
  await press("入库");
  const kinds = await there(() => place.querySelector("fieldset[data-wrong]"));
  expect(kinds.textContent).toContain("原来登记为药品");
});

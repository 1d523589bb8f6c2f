import { QueryClient } from "@tanstack/react-query";
import { createElement } from "react";
import { expect, test, vi } from "vitest";
import type { StationGood } from "../../client/types";
import { press, soon, there, type } from "../../testing";
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

const ADHESIVE = {
  id: "9",
  name: "创可贴",
  kind: "medicine",
  unit: "盒",
  least: 4,
  left: 5,
  batches: [{ id: "1", expires_on: "2099-12-31", left: 5, expired: false }],
};

/** The form for what came in, with its fields by their labels. */
async function receipt(keep = vi.fn()) {
  serve(() => json([ADHESIVE]));
  const { place } = draw(createElement(Supplies, { station: "7", waiting: [], keep }));
  await press("登记入库");
  const form = await there(() => place.querySelector<HTMLFormElement>('form[aria-label="登记入库"]'));
  const field = (label: string) =>
    [...form.querySelectorAll("label")].find((one) => one.textContent === label)?.control as HTMLInputElement;
  const sends = () => form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  return { place, form, field, sends, keep };
}

test("what comes in is kept on the phone, with or without a network", async () => {
  const { place, field, sends, keep } = await receipt();
  type(field("名称"), "创可贴");
  type(field("数量"), "10");
  type(field("有效期至"), "2099-12-31");
  sends();
  const came = { kind: "medicine", name: "创可贴", unit: "盒", quantity: 10, least: 4, batch: null };
  await soon(() =>
    expect(keep.mock.calls).toEqual([["supplies", "创可贴入库10盒", { ...came, expires_on: "2099-12-31" }]]),
  );
  await soon(() => expect(place.querySelector('form[aria-label="登记入库"]')).toBeNull());
});

test("what can't come in as it was typed is told where it stands, and nothing is kept", async () => {
  const { form, field, sends, keep } = await receipt();
  sends();
  await soon(() => expect(form.textContent).toContain("药品必须填写有效期。"));
  expect(form.textContent).toContain("请填写名称。");
  expect(form.textContent).toContain("数量请填写1至10000。");
  type(field("名称"), "创可贴");
  type(field("单位"), "包");
  type(field("有效期至"), "2020-01-01");
  form.querySelector<HTMLInputElement>('input[value="goods"]')?.click();
  sends();
  const kinds = await there(() => form.querySelector("fieldset[data-wrong]"));
  expect(kinds.textContent).toContain("原来登记为药品");
  expect(form.textContent).toContain("原来按“盒”计数");
  expect(form.textContent).toContain("有效期已过");
  expect(keep).not.toHaveBeenCalled();
});

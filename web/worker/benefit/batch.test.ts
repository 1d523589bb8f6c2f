import { createElement } from "react";
import { expect, test } from "vitest";
import type { MyVoucher } from "../../client/types";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import { Batch } from "./batch";

test("a batch that filled up while it was chosen is not sent again: another is chosen first", async () => {
  const option = (id: string, free: number) => ({
    ...{ id, free, starts_on: "2026-08-01", ends_on: "2026-08-01", open: true, called_off: null, mine: false },
    ...{ place: { name: "体检中心" }, note: "", choose_until: "2026-07-25" },
  });
  let free = 1;
  serve((address) => {
    if (!address.endsWith("/batch")) return json([option("1", free), option("2", 3)]);
    free = 0;
    return json({ code: "batch_full", detail: "这一批满了。" }, 409);
  });
  const voucher = { id: "5", companions: 0, batch: null } as unknown as MyVoucher;
  const { place } = draw(createElement(Batch, { voucher }));
  await soon(() => expect(place.querySelectorAll("input")).toHaveLength(2));
  place.querySelector("input")?.click();
  const send = () => [...place.querySelectorAll("button")].find((one) => one.type === "submit");
  await soon(() => expect(send()?.disabled).toBe(false));
  send()?.click();
  await soon(() => expect(place.querySelectorAll("input")).toHaveLength(1));
  await soon(() => expect(place.textContent).toContain("这一批满了。"));
  expect(send()?.disabled).toBe(true);
});

import { createElement } from "react";
import { expect, test } from "vitest";
import type { MyVoucher } from "../../client/types";
import { press, soon, there, type } from "../../testing";
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

test("a guardian is asked only when a child comes along, and no more once another is named, and his answer sends the choice on", async () => {
  const batch = {
    ...{ id: "1", free: 3, starts_on: "2026-08-01", ends_on: "2026-08-01", open: true, called_off: null, mine: false },
    ...{ place: { name: "体检中心" }, note: "", choose_until: "2026-07-25" },
  };
  const notice = { purpose: "child_companion", label: "监护人同意", version: "2026-1", text: "儿童的信息怎么处理" };
  const sent: [string, unknown][] = [];
  serve((address, { method = "GET", body }) => {
    if (method === "GET") return json([batch]);
    sent.push([address.replace("/api/v1", ""), JSON.parse(String(body))]);
    const agreed = sent.some(([path]) => path === "/me/consents");
    return agreed ? json({}) : json({ code: "consent_missing", detail: "请先同意。", extra: notice }, 422);
  });
  const voucher = { id: "5", companions: 1, batch: null } as unknown as MyVoucher;
  const { place } = draw(createElement(Batch, { voucher }));
  (await there(() => place.querySelector<HTMLInputElement>('input[type="radio"]'))).click();
  await press("加一位同行人员（最多1位）");
  const kind = await there(() => place.querySelector("select"));
  expect(place.querySelector('input[type="date"]')).toBe(null);
  kind.value = "phone";
  kind.dispatchEvent(new Event("change", { bubbles: true }));
  const born = await there(() => place.querySelector<HTMLInputElement>('input[type="date"]'));
  type(born, "2015-01-01");
  expect(place.textContent).not.toContain("监护人");
  await press("选这一批");
  await soon(() => expect(place.textContent).toContain("儿童的信息怎么处理"));
  type(born, "2016-01-01");
  await press("选这一批");
  await soon(() => expect(place.textContent).toContain("儿童的信息怎么处理"));
  (await there(() => place.querySelector<HTMLInputElement>('input[type="checkbox"]'))).click();
  await press("同意并选这一批");
  await soon(() => expect(sent.length).toBe(4));
  const chosen = (birth_date: string) => [
    "/me/vouchers/5/batch",
    { batch_id: "1", companions: [{ name: "", number_kind: "phone", number: "", birth_date }] },
  ];
  const given = ["/me/consents", { purpose: "child_companion", version: "2026-1" }];
  expect(sent).toEqual([chosen("2015-01-01"), chosen("2016-01-01"), given, chosen("2016-01-01")]);
});

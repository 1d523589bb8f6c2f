import { createElement } from "react";
import { expect, test } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import { Corner } from "./corner";

test("what was handed over by mistake is taken back, for a reason, and not once there were thanks", async () => {
  const claim = {
    gift: "手套",
    quantity: 1,
    taken_at: "2026-07-05T09:10:00+08:00",
    until: "2026-07-07T09:00:00+08:00",
  };
  const handed = [
    { ...claim, id: "3", name: "张*", thanked: false },
    { ...claim, id: "4", name: "李*", thanked: true },
  ];
  const sent: unknown[] = [];
  serve((address, request) => {
    if (address.endsWith("/gift-take-back")) {
      sent.push(JSON.parse(String(request.body)));
      return json({ ...handed[0], state: "reserved" });
    }
    const kept = sent.length === 0 ? [] : [handed[0]];
    return json({ gifts: [], reserved: kept, handed: handed.slice(sent.length) });
  });
  const { place } = draw(createElement(Corner, { station: "7" }));
  const back = await soon(() => {
    const found = place.querySelectorAll<HTMLButtonElement>('button[aria-label^="撤回"]');
    expect([...found].map((one) => one.ariaLabel ?? one.getAttribute("aria-label"))).toEqual(["撤回发给张*的手套"]);
    return found[0] as HTMLButtonElement;
  });
  back.click();
  const form = await there(() => place.querySelector<HTMLFormElement>('form[aria-label="撤回"]'));
  type(form.querySelector("input") as HTMLInputElement, "点错了人");
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await soon(() => expect(sent).toEqual([{ claim_id: "3", reason: "点错了人" }]));
  await soon(() => expect(place.textContent).toContain("有人要来领"));
});

test("what is withdrawn is withdrawn for a reason, and what is reserved of it only if that is asked for", async () => {
  const gift = { id: "1", name: "雨衣", unit: "件", quantity: 3, left: 2, giver: "公司", thanked: 0, closed: false };
  const claim = { id: "3", gift_id: "1", gift: "雨衣", quantity: 1, name: "张*", until: "2026-07-07T09:00:00+08:00" };
  const sent: unknown[] = [];
  const closed = () => sent.length > 0;
  serve((address, request) => {
    if (address.endsWith("/gift-closing")) {
      const body = JSON.parse(String(request.body));
      if (body.reason.length < 2) {
        const fields = [{ field: "reason", code: "reason", message: "请填写下架原因，2 至 200 字。" }];
        return json({ code: "invalid", detail: "请改正。", fields }, 422);
      }
      sent.push(body);
      return json({ ...gift, closed: true });
    }
    const gifts = [{ ...gift, closed: closed(), closed_why: closed() ? "受潮发霉" : null }];
    return json({ gifts, reserved: sent.length < 2 ? [claim] : [], handed: [] });
  });
  const { place } = draw(createElement(Corner, { station: "7" }));
  await press("下架");
  await press("确定下架");
  await soon(() => expect(place.textContent).toContain("请填写下架原因"));
  const field = () => place.querySelector<HTMLInputElement>("form input:not([type=checkbox])") as HTMLInputElement;
  type(field(), "受潮发霉");
  await press("确定下架");
  // Kept on for who reserved it, until that is cancelled, too.
  await soon(() => expect(place.textContent).toContain("下架原因：受潮发霉"));
  await press("取消预留");
  expect(place.textContent).toContain("取消 1 人的预留");
  type(field(), "清理时发现破损");
  await press("确定取消预留");
  await soon(() => expect(place.textContent).not.toContain("有人要来领"));
  expect(sent).toEqual([
    { gift_id: "1", reason: "受潮发霉", cancels: false },
    { gift_id: "1", reason: "清理时发现破损", cancels: true },
  ]);
  expect([...place.querySelectorAll("button")].map((one) => one.textContent)).toEqual(["登记捐赠"]);
});

test("what is gone stands folded below what can be had, and what of it is kept for somebody does not", async () => {
  const gift = { name: "雨衣", unit: "件", quantity: 3, left: 2, giver: "公司", thanked: 0, closed: false };
  const gifts = [
    { ...gift, id: "1" },
    { ...gift, id: "2", name: "手套", left: 0 },
    { ...gift, id: "3", name: "水杯", left: 0 },
    { ...gift, id: "4", name: "棉衣", closed: true },
  ];
  const kept = { id: "5", gift_id: "2", gift: "手套", quantity: 1, name: "张*", until: "2026-07-07T09:00:00+08:00" };
  serve(() => json({ gifts, reserved: [kept], handed: [] }));
  const { place } = draw(createElement(Corner, { station: "7" }));
  const folded = await there(() => place.querySelector("details"));
  expect(folded.querySelector("summary")?.textContent).toBe("已领完、下架的 2 种");
  const names = (of: Element) => [...of.querySelectorAll(".box b")].map((one) => one.textContent);
  expect(names(folded)).toEqual(["水杯", "棉衣"]);
  expect(names(place)).toEqual(["手套", "雨衣", "手套", "水杯", "棉衣"]);
});

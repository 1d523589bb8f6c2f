import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
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

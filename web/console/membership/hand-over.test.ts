import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, Refused, serve } from "../testing";
import { HandOver } from "./hand-over";
import { begun, keep } from "./kept-kits";

test("the next scan types over a card that was refused, and into the same field after one that was taken", async () => {
  const sent = serve({
    "POST /events/7/kits": ({ body }: { body: unknown }) =>
      (body as { code: string }).code === "1522" ? new Refused(404, "no_card", "没有这张会员证。") : {},
  });
  const { place } = draw(createElement(HandOver, { id: "7", gates: ["一号台"] }));
  const code = await there(() => place.querySelector<HTMLInputElement>("input#code"));
  type(code, "1522");
  await press("发放礼包");
  await soon(() => expect(place.textContent).toContain("没有这张会员证"));
  await soon(() => expect([document.activeElement, code.selectionStart, code.selectionEnd]).toEqual([code, 0, 4]));
  type(code, "1533");
  await press("发放礼包");
  await soon(() => expect(code.value).toBe(""));
  await new Promise((done) => setTimeout(done, 50));
  expect(document.activeElement).toBe(code);
  expect(sent.filter((one) => one.method === "POST")).toHaveLength(2);
});

test("a device keeps its table when its page is opened anew", async () => {
  serve({ "POST /events/7/kits": {} });
  const gate = (place: HTMLElement) => there(() => place.querySelector<HTMLInputElement>(".gate input"));
  const before = draw(createElement(HandOver, { id: "7", gates: ["一号台", "二号台"] }));
  type(await gate(before.place), "二号台");
  const after = draw(createElement(HandOver, { id: "7", gates: ["一号台", "二号台"] }));
  expect((await gate(after.place)).value).toBe("二号台");
  const other = draw(createElement(HandOver, { id: "8", gates: ["一号台", "二号台"] }));
  expect((await gate(other.place)).value).toBe("一号台");
});

test("what was scanned without a network and not taken is told by its time and table, as its code says nothing", async () => {
  keep("9", { ...begun("三号台", "https://example.org/w/card/AAAA.1QhA"), given_at: "2026-07-05T06:30:00.000Z" });
  serve({ "POST /events/9/kits": () => new Refused(404, "not_joined", "此人没有参加本次活动。") });
  const { place } = draw(createElement(HandOver, { id: "9", gates: [] }));
  await soon(() => expect(place.textContent).toContain("2026年7月5日 14:30 三号台：此人没有参加本次活动。"));
});

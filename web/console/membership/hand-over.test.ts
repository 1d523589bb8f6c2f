import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, Refused, serve } from "../testing";
import { HandOver } from "./hand-over";

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

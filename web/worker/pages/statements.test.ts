import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, json, serve } from "../testing";
import StatementsPage from "./statements";

test("a statement that changed while it was looked at is shown as it is now, and confirmed by its new figures", async () => {
  localStorage.setItem("niangjia.partner-key", "0".repeat(32));
  let pieces = 10;
  const confirmed: number[] = [];
  serve((address, request) => {
    if (address.endsWith("/confirm")) {
      confirmed.push(JSON.parse(String(request.body)).pieces);
      pieces = 12;
      return json({ code: "statement_changed", detail: "结算单刚刚有变动。" }, 409);
    }
    const row = { id: "1", month_label: "2026年7月", organisation: "区总工会", state: "open", over: true, disputed: 0 };
    const items = [{ ...row, confirmed: false, paid_on: null, pieces, amount_fen: 100, lines: [], disputes: [] }];
    return json({ place: "东河站", items });
  });
  const { place } = draw(createElement(StatementsPage));
  const press = () => [...place.querySelectorAll("button")].find((one) => one.textContent === "确认无误")?.click();
  await soon(() => expect(place.textContent).toContain("10 份"));
  press();
  await soon(() => expect(place.textContent).toContain("12 份"));
  expect(place.textContent).toContain("结算单刚刚有变动。");
  press();
  await soon(() => expect(confirmed).toEqual([10, 12]));
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import StatementsPage from "./statements";

test("a statement that changed while it was looked at is shown as it is now, and confirmed by its new figures", async () => {
  localStorage.setItem("niangjia.partner-key", "0".repeat(32));
  let pieces = 10;
  const confirmed: number[] = [];
  serve((address, request) => {
    if (address.endsWith("/confirm")) {
      // With its lines, for two of one price may change places under the same sums.
      const looked = JSON.parse(String(request.body));
      confirmed.push(looked.pieces, looked.lines[0].pieces);
      pieces = 12;
      return json({ code: "statement_changed", detail: "结算单刚刚有变动。" }, 409);
    }
    const row = { id: "1", month_label: "2026年7月", organisation: "区总工会", state: "open", over: true, disputed: 0 };
    const line = { offer_id: "7", title: "爱心餐", unit: "份", unit_fen: 10, pieces, corrected: 0, adjusted: 0 };
    const items = [
      { ...row, confirmed: false, paid_on: null, pieces, amount_fen: 100, lines: [line], days: [], disputes: [] },
    ];
    return json({ place: "东河站", items });
  });
  const { place } = draw(createElement(StatementsPage));
  const press = () => [...place.querySelectorAll("button")].find((one) => one.textContent === "确认无误")?.click();
  await soon(() => expect(place.textContent).toContain("10 份"));
  press();
  await soon(() => expect(place.textContent).toContain("12 份"));
  expect(place.textContent).toContain("结算单刚刚有变动。");
  press();
  await soon(() => expect(confirmed).toEqual([10, 10, 12, 12]));
});

test("what is wrong with a dispute is no longer told once one types", async () => {
  localStorage.setItem("niangjia.partner-key", "0".repeat(32));
  const line = { offer_id: "7", title: "爱心餐", unit: "份", unit_fen: 1500, pieces: 2, corrected: 0, adjusted: 0 };
  const row = { id: "1", month_label: "2026年7月", organisation: "区总工会", state: "open", over: true, disputed: 0 };
  const one = { ...row, pieces: 2, amount_fen: 3_000, lines: [line], days: [], disputes: [] };
  const fields = [{ field: "reason", code: "reason", message: "请写明哪里不对。" }];
  serve((address) =>
    address.endsWith("/dispute")
      ? json({ code: "invalid", detail: "请写明哪里不对。", fields }, 422)
      : json({ place: "东河站", items: [one] }),
  );
  const { place } = draw(createElement(StatementsPage));
  await press("有异议");
  await press("提交异议");
  await soon(() => expect(place.textContent).toContain("请写明哪里不对。"));
  type(await there(() => place.querySelector("input")), "少了一份");
  await soon(() => expect(place.textContent).not.toContain("请写明哪里不对。"));
});

test("each day is shown by itself, folded, so that a place can say which one differs", async () => {
  localStorage.setItem("niangjia.partner-key", "0".repeat(32));
  const row = { id: "1", month_label: "2026年7月", organisation: "区总工会", state: "open", over: true, disputed: 0 };
  const on = (day: string, offer_id: string, title: string, pieces: number) => ({
    day,
    offer_id,
    title,
    pieces,
    amount_fen: pieces * 1500,
  });
  const days = [
    on("2026-07-01", "7", "爱心餐", 3),
    on("2026-07-01", "8", "礼包", 2),
    on("2026-07-02", "7", "爱心餐", 4),
  ];
  const one = { ...row, confirmed: false, paid_on: null, pieces: 9, amount_fen: 13_500, lines: [], days, disputes: [] };
  serve(() =>
    json({ place: "东河站", items: [one, { ...one, id: "2", month_label: "2026年6月", state: "settled", days: [] }] }),
  );
  const { place } = draw(createElement(StatementsPage));
  await soon(() => expect(place.textContent).toContain("每日核销"));
  const folded = [...place.querySelectorAll("details details")];
  expect(folded.map((day) => day.querySelector("summary")?.textContent)).toEqual([
    "2026年7月1日 5 份，75.00 元",
    "2026年7月2日 4 份，60.00 元",
  ]);
  expect(folded[0]?.querySelectorAll("li")).toHaveLength(2);
  expect(folded.every((day) => !(day as HTMLDetailsElement).open)).toBe(true);
  // A settled month has none.
  expect(place.querySelectorAll("article > details")).toHaveLength(1);
});

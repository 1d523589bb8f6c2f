import { createElement } from "react";
import { expect, test } from "vitest";
import type { DutyDay } from "../../client/types";
import { press, soon, there, type } from "../../testing";
import { draw, json, serve } from "../testing";
import { WalkIns } from "./walk-ins";

const DAY = { station: { id: "7" }, groups: [{ code: "courier", label: "快递员" }] } as DutyDay;
const desk = { id: "3", label: "友谊驿站 法律援助", adviser: "李律师" };
const NOW = { starts_at: "2026-07-05T09:30:00+08:00", ends_at: "2026-07-05T10:00:00+08:00" };

test("the master writes down who came to a desk that is free now, and is told why it isn't", async () => {
  const sent: unknown[] = [];
  let [refused, taken] = [false, false];
  serve((address, { body }) => {
    if (address.endsWith("/desks"))
      return json([
        { ...desk, ...(taken ? {} : NOW) },
        { ...desk, id: "4", label: "别的窗口" },
      ]);
    if (address.endsWith("/walk-ins") && !body) return json([]);
    if (refused) return json({ code: "desk_now_taken", detail: "这个窗口现在没有空着的时段。" }, 409);
    taken = true;
    sent.push([address, JSON.parse(String(body))]);
    return json({ id: "9", name: null, ...NOW }, 201);
  });
  const { place } = draw(createElement(WalkIns, { day: DAY }));
  await soon(() => expect(place.textContent).toContain("现在空着：09:30-10:00"));
  expect(place.textContent).not.toContain("别的窗口");
  refused = true;
  await press("不记名登记一人");
  await soon(() => expect(place.textContent).toContain("没有空着的时段"));
  refused = false;
  await press("不记名登记一人");
  await soon(() => expect(place.textContent).toContain("现在没有空着的咨询时段"));
  await soon(() => expect(place.textContent).toContain("已登记：不记名"));
  expect(sent).toEqual([["/api/v1/me/stations/7/walk-ins", { desk_id: "3" }]]);
});

test("the master takes back whom he wrote down today, and tells two with like names apart", async () => {
  const came = { desk_id: "3", name: "王*", ...NOW };
  const [one, two] = [
    { ...came, id: "9", phone: "138****0002" },
    { ...came, id: "8", phone: "138****0003", taken_back: "号码按错了" },
  ];
  const sent: unknown[] = [];
  serve((address, { body }) => {
    if (address.endsWith("/desks")) return json([{ ...desk, ...NOW }]);
    if (address.endsWith("/walk-ins") && body) return json(one);
    if (address.endsWith("/walk-ins")) return json([sent.length === 0 ? one : { ...one, taken_back: "记重了" }, two]);
    sent.push([address, JSON.parse(String(body))]);
    return json({ ...one, taken_back: "记重了" });
  });
  const { place } = draw(createElement(WalkIns, { day: DAY }));
  await soon(() => expect(place.textContent).toContain("王* 138****0002"));
  expect(place.textContent).toContain("王* 138****0003友谊驿站 法律援助已撤回：号码按错了");
  await press("不记名登记一人");
  await soon(() => expect(place.querySelector("[role=status]")?.textContent).toBe("已登记：王* 138****0002"));
  await press("撤回");
  const form = await there(() => place.querySelector<HTMLFormElement>('form[aria-label="撤回"]'));
  type(form.querySelector("input") as HTMLInputElement, "记重了");
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await soon(() => expect(place.textContent).toContain("已撤回：记重了"));
  expect(place.querySelector("[role=status]")?.textContent).toBe("已撤回：王* 138****0002");
  expect(sent).toEqual([["/api/v1/me/stations/7/walk-in-take-back", { walk_in_id: "9", reason: "记重了" }]]);
});

test("the master who types no number is told what is missing, and nothing is sent", async () => {
  const sent: unknown[] = [];
  serve((address, { body }) => {
    if (body) sent.push(body);
    return json(address.endsWith("/desks") ? [{ ...desk, ...NOW }] : []);
  });
  const { place } = draw(createElement(WalkIns, { day: DAY }));
  await press("登记");
  await soon(() => expect(place.textContent).toContain("请填写手机号码"));
  expect(sent).toEqual([]);
});

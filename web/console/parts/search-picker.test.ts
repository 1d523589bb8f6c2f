import { createElement, useState } from "react";
import { expect, test, vi } from "vitest";
import { soon, there, type } from "../../testing";
import { Place } from "../benefit/places";
import { EmployerPicker } from "../organisation/employer-picker";
import { PersonPicker } from "../station/person-picker";
import { StationPicker } from "../station/station-picker";
import { draw, Refused, serve } from "../testing";

test("a search that was refused does not say that nobody is there", async () => {
  serve({ "GET /people": new Refused(429, "too_often", "今天查找号码的次数已用完，请明天再试。") });
  const { place } = draw(createElement(PersonPicker));
  const input = await there(() => place.querySelector("input"));
  input.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  type(input, "13800138000");
  await soon(() => expect(document.body.textContent).toContain("今天查找号码的次数已用完"));
  expect(document.body.textContent).not.toContain("没有找到这个人");
});

test.each([
  ["/people", PersonPicker],
  ["/stations", StationPicker],
  ["/benefit-partners", Place],
  ["/employers", EmployerPicker],
] as const)(
  "who types on while a search of %s is on its way is not given what other words found",
  async (path, picker) => {
    const row = { id: "1", name: "东河站", code: "BT-001", phone: null, organisation_name: "" };
    const found = (asked: { path: string }) =>
      decodeURIComponent(asked.path).includes("青山") ? new Promise(() => undefined) : { items: [row], total: 1 };
    serve({ [`GET ${path}`]: found });
    const onChange = vi.fn();
    const { place } = draw(createElement(picker as typeof Place, { organisation: "2", onChange }));
    const input = await there(() => place.querySelector("input"));
    input.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
    type(input, "东河");
    await there(() => document.querySelector(".ant-select-item-option-active"));
    type(input, "青山");
    await new Promise((done) => setTimeout(done, 50));
    input.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", keyCode: 13, bubbles: true } as KeyboardEventInit),
    );
    await new Promise((done) => setTimeout(done, 50));
    expect(onChange).not.toHaveBeenCalled();
  },
);

test("who was chosen keeps his name when what found him is no longer asked for", async () => {
  const row = { id: "1", name: "李明", phone: null, organisation_name: "" };
  serve({ "GET /people": { items: [row], total: 1 } });
  function Field() {
    const [value, choose] = useState<string>();
    return createElement(PersonPicker, { value, onChange: choose });
  }
  const { place } = draw(createElement(Field));
  const input = await there(() => place.querySelector("input"));
  input.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  type(input, "李明");
  (await there(() => document.querySelector<HTMLElement>(".ant-select-item-option"))).click();
  // Longer than typing rests before anything is asked.
  await new Promise((done) => setTimeout(done, 500));
  expect(place.textContent).toContain("李明");
});

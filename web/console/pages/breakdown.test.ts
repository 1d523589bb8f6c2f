import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press } from "../testing";
import Breakdown from "./breakdown";

const child = (actual: number) => ({
  organisation_id: "3",
  organisation: "东河区总工会",
  assigned: 100,
  target: 100,
  actual,
});

test("what is typed stays while a new answer tells how far the units are", async () => {
  let actual = 1;
  vi.stubGlobal("fetch", async (address: string) => {
    const headers = { "content-type": "application/json", etag: '"4"' };
    const session = {
      name: "李干部",
      permissions: [],
      organisations: [{ id: "2", name: "包头市总工会" }],
      today: "2026-07-05",
    };
    const indicator = { id: "9", name: "爱心餐", scale: "count", unit: "份" };
    const own = { target: 300 };
    const found = {
      indicator,
      own,
      organisation_id: "2",
      organisation: "包头市总工会",
      children: [child(actual)],
      version: 4,
    };
    return new Response(JSON.stringify(address.includes("/session") ? session : found), { headers });
  });
  const { client, place } = draw(createElement(Breakdown));
  const field = () => place.querySelector<HTMLInputElement>('input[aria-label="东河区总工会的目标"]');
  await soon(() => expect(field()?.value).toBe("100"));
  type(field() as HTMLInputElement, "120");
  await soon(() => expect(field()?.value).toBe("120"));
  actual = 2;
  await client.invalidateQueries();
  await soon(() => expect(place.textContent).toContain("2 份"));
  expect(field()?.value).toBe("120");
});

test("who comes back finds what was typed and not given out, until he gives it up or the targets are others", async () => {
  let version = 4;
  vi.stubGlobal("fetch", async (address: string) => {
    const headers = { "content-type": "application/json", etag: `"${version}"` };
    const session = { name: "李干部", permissions: [], organisations: [{ id: "2" }], today: "2026-07-05" };
    const indicator = { id: "10", name: "爱心餐", scale: "count", unit: "份" };
    const found = { indicator, own: { target: 300 }, organisation_id: "2", children: [child(1)], version };
    return new Response(JSON.stringify(address.includes("/session") ? session : found), { headers });
  });
  const come = async (value: string) => {
    const { place } = draw(createElement(Breakdown));
    const field = await there(() => place.querySelector<HTMLInputElement>('input[aria-label="东河区总工会的目标"]'));
    await soon(() => expect(field.value).toBe(value));
    return { field, place };
  };
  type((await come("100")).field, "1200");
  const again = await come("1200");
  expect(again.place.textContent).toContain("有改动尚未下达");
  await press("放弃改动");
  await soon(() => expect(again.field.value).toBe("100"));
  const wrong = await come("100");
  type(wrong.field, "很多");
  await soon(() => expect(wrong.place.textContent).toContain("标红的不能下达：请填写整数。"));
  version = 5;
  await come("100");
});

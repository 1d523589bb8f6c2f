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

test("targets that somebody else gives out while one types take nothing away, and are shown when his own are refused", async () => {
  let [version, assigned] = [4, 100];
  const tags: string[] = [];
  vi.stubGlobal("fetch", async (address: string, { method, headers }: RequestInit = {}) => {
    const type = { "content-type": "application/json", etag: `"${version}"` };
    if (method === "PUT") {
      tags.push((headers as Record<string, string>)["if-match"] ?? "");
      return new Response(JSON.stringify({ code: "stale", detail: "别人刚刚改过。" }), { status: 412, headers: type });
    }
    const permissions = ["plan.break_down"];
    const session = { name: "李干部", permissions, organisations: [{ id: "2" }], today: "2026-07-05" };
    const indicator = { id: "11", name: "爱心餐", scale: "count", unit: "份" };
    const children = [{ ...child(version), assigned }];
    const found = { indicator, own: { target: 300 }, organisation_id: "2", children, version };
    return new Response(JSON.stringify(address.includes("/session") ? session : found), { headers: type });
  });
  const come = async () => {
    const drawn = draw(createElement(Breakdown));
    const field = () => drawn.place.querySelector<HTMLInputElement>('input[aria-label="东河区总工会的目标"]');
    await there(field);
    return { ...drawn, field };
  };
  const first = await come();
  await soon(() => expect(first.field()?.value).toBe("100"));
  type(first.field() as HTMLInputElement, "120");
  // He looked at something else, and came back.
  const { client, place, field } = await come();
  expect(field()?.value).toBe("120");
  [version, assigned] = [5, 90];
  await client.invalidateQueries();
  await soon(() => expect(place.textContent).toContain("5 份"));
  expect(field()?.value).toBe("120");
  await press("下达");
  await press("看最新内容");
  await soon(() => expect(field()?.value).toBe("90"));
  expect(tags).toEqual(['"4"']);
  expect(place.textContent).not.toContain("有改动尚未下达");
});

import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon, type } from "../../testing";
import { draw } from "../testing";
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

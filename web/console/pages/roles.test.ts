import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, press, serve } from "../testing";
import Roles from "./roles";

const ROLE = { permissions: ["ledger.view"], second_factor: false, own: false, version: 1 };

const serving = (items: object[]) =>
  serve({
    "GET /session": { name: "安全管理员", permissions: ["access.roles"], organisations: [{ id: "1" }] },
    "GET /organisations/1": { id: "1", path: [{ id: "1" }] },
    "GET /roles": { items, total: items.length },
    "GET /permissions": [{ code: "ledger.view", label: "查看台账" }],
  });

test("of a built-in role the permissions can be changed and the name can't", async () => {
  serving([
    { ...ROLE, id: "1", name: "业务干部", built_in: true },
    { ...ROLE, id: "2", name: "台账员", built_in: false },
  ]);
  const { place } = draw(createElement(Roles));
  const change = await there(() => place.querySelector<HTMLButtonElement>('tr[data-row-key="1"] button'));
  const offered = [...place.querySelectorAll('tr[data-row-key="1"] button')].map((one) => one.textContent);
  expect(offered).toEqual(["修改"]);
  change.click();
  const name = await there(() => document.querySelector<HTMLInputElement>('input[id$="name"]'));
  expect([name.value, name.disabled]).toEqual(["业务干部", true]);
});

test("of a role that one holds oneself only what is not refused is offered, and what to do instead is said", async () => {
  const sent = serving([
    { ...ROLE, id: "1", name: "安全管理员", built_in: true, own: true },
    { ...ROLE, id: "2", name: "台账员", built_in: false, own: true },
  ]);
  const { place } = draw(createElement(Roles));
  const offered = (id: string) =>
    [...place.querySelectorAll(`tr[data-row-key="${id}"] button`)].map((one) => one.textContent);
  const change = await there(() => place.querySelector<HTMLButtonElement>('tr[data-row-key="1"] button'));
  expect([offered("1"), offered("2")]).toEqual([["修改"], ["修改"]]);
  expect(place.querySelector('tr[data-row-key="2"]')?.textContent).toContain("您担任的角色");
  change.click();
  const permissions = await there(() => document.querySelector<HTMLInputElement>('input[id$="permissions"]'));
  expect(permissions.disabled).toBe(true);
  expect(document.body.textContent).toContain("请另建一个角色");
  (await there(() => document.querySelector<HTMLInputElement>('input[id$="second_factor"]'))).click();
  await press("保存");
  const body = { name: "安全管理员", permissions: ["ledger.view"], second_factor: true };
  await soon(() => expect(sent.find((one) => one.method === "PUT")).toMatchObject({ path: "/roles/1", body }));
});

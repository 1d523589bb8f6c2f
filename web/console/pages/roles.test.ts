import { createElement } from "react";
import { expect, test } from "vitest";
import { there } from "../../testing";
import { draw, serve } from "../testing";
import Roles from "./roles";

test("of a built-in role the permissions can be changed and the name can't", async () => {
  const role = { permissions: ["ledger.view"], second_factor: false, version: 1 };
  const items = [
    { ...role, id: "1", name: "业务干部", built_in: true },
    { ...role, id: "2", name: "台账员", built_in: false },
  ];
  serve({
    "GET /session": { name: "安全管理员", permissions: ["access.roles"], organisations: [{ id: "1" }] },
    "GET /organisations/1": { id: "1", path: [{ id: "1" }] },
    "GET /roles": { items, total: 2 },
    "GET /permissions": [{ code: "ledger.view", label: "查看台账" }],
  });
  const { place } = draw(createElement(Roles));
  const change = await there(() => place.querySelector<HTMLButtonElement>('tr[data-row-key="1"] button'));
  const offered = [...place.querySelectorAll('tr[data-row-key="1"] button')].map((one) => one.textContent);
  expect(offered).toEqual(["修改"]);
  change.click();
  const name = await there(() => document.querySelector<HTMLInputElement>('input[id$="name"]'));
  expect([name.value, name.disabled]).toEqual(["业务干部", true]);
});

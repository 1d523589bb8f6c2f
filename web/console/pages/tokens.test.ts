import { createElement } from "react";
import { expect, test } from "vitest";
import { there } from "../../testing";
import { draw, serve } from "../testing";
import Tokens from "./tokens";

test("one sees where another system may do what its role allows", async () => {
  const token = { id: "1", name: "市政数据平台", role_name: "业务干部", organisation_name: "东河区总工会" };
  serve({ "GET /tokens": { items: [token], total: 1 } });
  const { place } = draw(createElement(Tokens));
  const row = await there(() => place.querySelector('tr[data-row-key="1"]'));
  expect(row.textContent).toContain("业务干部东河区总工会");
});

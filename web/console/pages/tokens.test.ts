import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, officer, serve } from "../testing";
import Home from "./home";
import Tokens from "./tokens";

test("one sees where another system may do what its role allows", async () => {
  const token = { id: "1", name: "市政数据平台", role_name: "业务干部", organisation_name: "东河区总工会" };
  serve({ "GET /tokens": { items: [token], total: 1 } });
  const { place } = draw(createElement(Tokens));
  const row = await there(() => place.querySelector('tr[data-row-key="1"]'));
  expect(row.textContent).toContain("业务干部东河区总工会");
});

test("a token that runs out soon is seen to in time, and one that has is waited for no more", async () => {
  const token = (id: string, expires_on: string, expired = false) => ({ id, name: `系统${id}`, expires_on, expired });
  const items = [token("1", "2026-07-04", true), token("2", "2026-07-19"), token("3", "2026-07-20")];
  serve({
    "GET /session": { ...officer("access.view", "access.tokens"), today: "2026-07-05" },
    "GET /tokens": { items, total: 3 },
  });
  const list = draw(createElement(Tokens)).place;
  await soon(() => expect(list.textContent).toContain("2026年7月19日快到期"));
  expect(list.textContent).not.toContain("2026年7月20日快到期");
  const home = draw(createElement(Home)).place;
  await soon(() => expect(home.textContent).toContain("14天内到期的接口令牌1"));
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, serve } from "../testing";
import Accounts from "./accounts";
import Branches from "./branches";

test("one sees what keeps an officer from logging in, and that he holds more than is shown", async () => {
  const account = { name: "王", enabled: true, must_change: false, grants: [], elsewhere: false, version: 1 };
  const in_an_hour = `${new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
  const an_hour_ago = `${new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
  const items = [
    { ...account, id: "1", username: "suo", locked_until: in_an_hour },
    { ...account, id: "2", username: "kai", locked_until: an_hour_ago, elsewhere: true },
    { ...account, id: "3", username: "xin", must_change: true },
    { ...account, id: "4", username: "ting", enabled: false, must_change: true },
  ];
  serve({ "GET /accounts": { items, total: 4 } });
  const { place } = draw(createElement(Accounts));
  const row = (id: string) => place.querySelector(`tr[data-row-key="${id}"]`)?.textContent;
  await soon(() => expect(row("1")).toContain("密码错误过多，锁定至"));
  expect(row("2")).toContain("另有您管辖范围以外的角色");
  expect(row("2")).toContain("启用");
  expect(row("3")).toContain("待改初始密码");
  expect(row("4")).toContain("停用");
});

test.each([
  ["角色", "/roles", Accounts],
  ["平台企业", "/platforms", Branches],
] as const)("each %s can be chosen, however many pages of them there are", async (label, path, page) => {
  const pages = [{ items: [{ id: "1", name: "甲" }], next: "a" }, { items: [{ id: "2", name: "乙" }] }];
  serve({ [`GET ${path}`]: (sent: { path: string }) => pages[sent.path.includes("cursor=a") ? 1 : 0] });
  const { place } = draw(createElement(page));
  const input = await there(() => place.querySelector(`input[aria-label="${label}"]`));
  input.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  await soon(() =>
    expect([...document.querySelectorAll(".ant-select-item-option")].map((one) => one.textContent)).toEqual([
      "甲",
      "乙",
    ]),
  );
});

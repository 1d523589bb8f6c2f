import { createElement } from "react";
import { expect, test } from "vitest";
import { there } from "../../testing";
import { draw, serve } from "../testing";
import Branches from "./branches";

test("a figure's branches are shown as they stood on its day", async () => {
  const row = { platform: "示例外卖平台", organisation: "东河区总工会", opened_on: null };
  const rows = [
    { ...row, id: "1", name: "甲站", union_since: "2026-03-01", closed_on: "2026-06-20" },
    { ...row, id: "2", name: "乙站", union_since: "2026-06-15", closed_on: null },
  ];
  const sent = serve({ "GET /branches": { items: rows, total: 2 } });
  const asked = { organisation: "2", ranks: "head,key", on: "2026-05-31", tree: "today" };
  const { place } = draw(createElement(Branches), "/branches", `/branches?${new URLSearchParams(asked)}`);
  const told = async (name: string) =>
    (await there(() => [...place.querySelectorAll("tr")].find((row) => row.textContent?.includes(name)))).textContent;
  expect(await told("甲站")).toContain("2026年3月1日建会");
  expect(await told("乙站")).toContain("未建会");
  expect(place.textContent).toContain("2026年5月31日的情况，按当前隶属");
  const { path } = await there(() => sent.find((one) => one.path.startsWith("/branches?")));
  expect(Object.fromEntries(new URLSearchParams(path.split("?")[1]))).toEqual(asked);
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { pick, soon, there, uploads } from "../../testing";
import Organisations from "../pages/organisations";
import { draw, officer, press, serve, TOP } from "../testing";

const REFUSAL = {
  status: 422,
  code: "invalid",
  detail: "有几处填写需要改正。",
  fields: [
    { field: "row.3", code: "code_twice", message: "第3行：代码和第2行的相同，请另填一个。" },
    { field: "row.7", code: "kind", message: "第7行：请填写“类别”。" },
  ],
  extra: { to_mend: "9" },
};

const text = () => document.body.textContent;

test("a county founds its unions from one table, once each row of it is right", async () => {
  const asked = serve({ "GET /session": officer("organisations.manage"), "GET /organisations/2": TOP });
  const lists = () => asked.filter((one) => one.path.startsWith("/organisations?")).length;
  const begun = uploads();
  draw(createElement(Organisations));
  await press("从表格建立");
  await soon(() => expect(text()).toContain("建在“包头市总工会”下"));
  const template = [...document.querySelectorAll("a")].find((one) => one.textContent === "下载模板");
  expect(template?.getAttribute("href")).toBe("/api/v1/organisations/template.xlsx");
  await press("建立");
  await soon(() => expect(text()).toContain("请选择文件"));
  expect(begun).toHaveLength(0);

  await pick("组织.xlsx");
  await soon(() => expect(text()).toContain("组织.xlsx"));
  await press("建立");
  (await there(() => begun[0])).answer(REFUSAL, 422);
  await soon(() => expect(text()).toContain("第3行：代码和第2行的相同"));
  expect(text()).toContain("第7行：请填写“类别”。");
  const marked = await there(() => document.querySelector('a[href="/api/v1/exports/9/file"]'));
  expect(marked.textContent).toContain("下载标出问题的表格");
  expect(begun[0]?.path).toBe("/api/v1/organisations/import");
  expect(begun[0]?.sent?.get("organisation_id")).toBe("2");
  expect(begun[0]?.sent?.get("file")).toHaveProperty("name", "组织.xlsx");

  const before = lists();
  await press("建立");
  (await there(() => begun[1])).answer({ made: 312 }, 201);
  await soon(() => expect(text()).toContain("已建立 312 个组织。"));
  await soon(() => expect(lists()).toBeGreaterThan(before));
  await soon(() => expect(document.querySelector(".ant-modal")).toBeNull());
  expect(begun[1]?.key).not.toBe(begun[0]?.key);
});

test("who may not found unions is offered no table", async () => {
  serve({ "GET /session": officer("organisations.view") });
  draw(createElement(Organisations));
  await soon(() => expect(text()).toContain("请系统管理员办理"));
  expect(text()).not.toContain("从表格建立");
});

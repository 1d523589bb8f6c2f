import { createElement } from "react";
import { expect, test } from "vitest";
import { pick, soon, there, type, uploads } from "../../testing";
import { draw, officer, press, serve } from "../testing";
import ImpactAssessments from "./impact-assessments";

const ROW = {
  ...{ id: "7", organisation_id: "2", organisation: "包头市总工会", subject: "驿站心理咨询", purpose: "counselling" },
  ...{ purpose_label: "预约心理咨询", aims: "留时间", risks: "泄露", measures: "加密", conclusion: "guarded" },
  ...{ conclusion_label: "落实保护措施后可以开展", assessor: "网信办", assessed_on: "2026-01-01" },
  ...{ valid_until: "2026-06-30", expired: true, displaced: false, version: 3, files: [{ id: "5", name: "报告.pdf" }] },
};

test("what is handled without an assessment is named, what ran out is marked, and a row is mended as it was read", async () => {
  const sent = serve({
    "GET /impact-assessments": { items: [ROW], total: 1 },
    "GET /impact-assessments/missing": { items: [{ purpose: "membership", label: "办理入会" }], total: 1 },
    "PUT /impact-assessments/7": ROW,
  });
  const { place } = draw(createElement(ImpactAssessments));
  await soon(() => expect(place.textContent).toContain("还没有有效评估的敏感个人信息处理：办理入会"));
  await soon(() => expect(place.textContent).toContain("2026年6月30日已到期"));
  const asked = sent.filter((one) => one.method === "GET" && one.path.startsWith("/impact-assessments"));
  expect(asked.map((one) => one.path)).toEqual([
    expect.stringContaining("organisation=2"),
    expect.stringContaining("organisation=2"),
  ]);
  await press("修改");
  type(await there(() => document.querySelector<HTMLTextAreaElement>(".ant-modal textarea#measures")), "加密并留痕");
  await press("保存");
  const put = await there(() => sent.find((one) => one.method === "PUT"));
  expect([put.path, put.headers["if-match"]]).toEqual(["/impact-assessments/7", '"3"']);
  expect(put.body).toMatchObject({ subject: "驿站心理咨询", measures: "加密并留痕", purpose: "counselling" });
});

test("what was assessed anew is not marked as if it had run out", async () => {
  serve({ "GET /impact-assessments": { items: [{ ...ROW, displaced: true }], total: 1 } });
  const { place } = draw(createElement(ImpactAssessments));
  await soon(() => expect(place.textContent).toContain("已重新评估"));
  expect(place.textContent).not.toContain("已到期");
});

test("a file is put to an assessment, and those that it rests on are to be had", async () => {
  const begun = uploads();
  serve({ "GET /impact-assessments": { items: [ROW], total: 1 } });
  const { place } = draw(createElement(ImpactAssessments));
  (await there(() => place.querySelector<HTMLElement>(".ant-table-row-expand-icon"))).click();
  const link = await there(() => place.querySelector<HTMLAnchorElement>("a[download]"));
  expect([link.textContent, link.getAttribute("href")]).toEqual([
    "报告.pdf",
    "/api/v1/impact-assessments/7/file?attachment=5",
  ]);
  await press("上传附件");
  await pick("审批表.docx");
  await soon(() => expect(document.body.textContent).toContain("审批表.docx"));
  await press("上传");
  await soon(() => expect(begun[0]?.sent?.get("file")).toBeInstanceOf(File));
});

test("those that ran out, or soon do, are taken away as the list shows them", async () => {
  for (const which of ["expired", "soon"]) {
    const sent = serve({
      "GET /session": officer("access.assess"),
      "POST /impact-assessments/exports": { id: "9", state: "waiting" },
    });
    const { place } = draw(createElement(ImpactAssessments), "/", `/?${which}=true`);
    await press("导出表格");
    await press("导出");
    const told = await there(() => sent.find((one) => one.method === "POST"));
    expect(told.body).toMatchObject({ filter: { [which]: true } });
    expect(sent.some((one) => one.path.includes(`${which}=true`))).toBe(true);
    place.remove();
  }
});

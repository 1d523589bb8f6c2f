import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon, there } from "../../testing";
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

/** A server that answers each upload with the next of these; tells what was sent, and under which key. */
function uploads(answers: [number, unknown][]) {
  const sent: { path: string; key: string; form: FormData }[] = [];
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      status = 0;
      responseText = "";
      upload = {};
      path = "";
      key = "";
      onload?: () => void;
      open = (_: string, path: string) => {
        this.path = path;
      };
      setRequestHeader = (name: string, value: string) => {
        if (name === "idempotency-key") this.key = value;
      };
      send = (form: FormData) => {
        sent.push({ path: this.path, key: this.key, form });
        const [status, body] = answers[sent.length - 1] ?? [500, {}];
        this.status = status;
        this.responseText = JSON.stringify(body);
        this.onload?.();
      };
    },
  );
  return sent;
}

const text = () => document.body.textContent;

test("a county founds its unions from one table, once each row of it is right", async () => {
  const asked = serve({ "GET /session": officer("organisations.manage"), "GET /organisations/2": TOP });
  const lists = () => asked.filter((one) => one.path.startsWith("/organisations?")).length;
  const sent = uploads([
    [422, REFUSAL],
    [201, { made: 312 }],
  ]);
  draw(createElement(Organisations));
  await press("从表格建立");
  await soon(() => expect(text()).toContain("建在“包头市总工会”下"));
  const template = [...document.querySelectorAll("a")].find((one) => one.textContent === "下载模板");
  expect(template?.getAttribute("href")).toBe("/api/v1/organisations/template.xlsx");
  await press("建立");
  await soon(() => expect(text()).toContain("请选择文件"));
  expect(sent).toHaveLength(0);

  const input = await there(() => document.querySelector<HTMLInputElement>('.ant-modal input[type="file"]'));
  Object.defineProperty(input, "files", { value: [new File(["x"], "组织.xlsx")], configurable: true });
  input.dispatchEvent(new Event("change", { bubbles: true }));
  await soon(() => expect(text()).toContain("组织.xlsx"));
  await press("建立");
  await soon(() => expect(text()).toContain("第3行：代码和第2行的相同"));
  expect(text()).toContain("第7行：请填写“类别”。");
  const marked = await there(() => document.querySelector('a[href="/api/v1/exports/9/file"]'));
  expect(marked.textContent).toContain("下载标出问题的表格");
  expect(sent[0]?.path).toBe("/api/v1/organisations/import");
  expect(sent[0]?.form.get("organisation_id")).toBe("2");
  expect(sent[0]?.form.get("file")).toHaveProperty("name", "组织.xlsx");

  const before = lists();
  await press("建立");
  await soon(() => expect(text()).toContain("已建立 312 个组织。"));
  await soon(() => expect(lists()).toBeGreaterThan(before));
  await soon(() => expect(document.querySelector(".ant-modal")).toBeNull());
  expect(sent[1]?.key).not.toBe(sent[0]?.key);
});

test("who may not found unions is offered no table", async () => {
  serve({ "GET /session": officer("organisations.view") });
  draw(createElement(Organisations));
  await soon(() => expect(text()).toContain("请系统管理员办理"));
  expect(text()).not.toContain("从表格建立");
});

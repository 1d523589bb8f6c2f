import { createElement } from "react";
import { expect, test } from "vitest";
import { pick, soon, there, uploads } from "../../testing";
import { useOrganisation } from "../parts/organisation";
import { draw, press, serve } from "../testing";
import { ImportPlan } from "./import-plan";

const REFUSAL = {
  status: 422,
  code: "invalid",
  detail: "第4行：目标值看不懂，请填写数字，比率可写成60%。",
  fields: [{ field: "row.4", code: "target", message: "第4行：目标值看不懂，请填写数字，比率可写成60%。" }],
  extra: { to_mend: "7" },
};

test("a table that was refused can be taken away with what is wrong beside its rows", async () => {
  serve({});
  const begun = uploads();
  // Opened once it is known whose plan it is to be, as on the page.
  const Page = () => {
    const [organisation] = useOrganisation();
    return createElement(ImportPlan, { open: organisation !== "", close: () => undefined });
  };
  draw(createElement(Page));
  await pick("计划.xlsx");
  await soon(() => expect(document.body.textContent).toContain("计划.xlsx"));
  expect(document.body.textContent).not.toContain("下载标出问题的表格");
  await press("导入");
  (await there(() => begun[0])).answer(REFUSAL, 422);
  await soon(() => expect(document.body.textContent).toContain("第4行：目标值看不懂"));
  await soon(() => expect(document.body.textContent).toContain("下载标出问题的表格"));
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, press, serve } from "../testing";
import { useDuesTold } from "./dues-windows";

test("rows of a table that were not entered can be taken away to be mended", async () => {
  serve({});
  const refused = [{ row: 4, name: "巴图", reason: "月份看不懂，请写成 2026-06 的样子。" }];
  const answer = { entered: 2, amount_fen: 2_000, refused };
  const Told = () => {
    const tell = useDuesTold();
    const button = (words: string, rows: object) =>
      createElement("button", { type: "button", onClick: () => tell({ ...answer, ...rows }) }, words);
    const back = { to_mend: "7" };
    return createElement("div", null, button("从名单", {}), button("从表格", back));
  };
  draw(createElement(Told));
  await press("从名单");
  await soon(() => expect(document.body.textContent).toContain("第 4 行　巴图：月份看不懂"));
  expect(document.body.textContent).not.toContain("下载有问题的行");
  await press("从表格");
  await soon(() => expect(document.body.textContent).toContain("下载有问题的行"));
});

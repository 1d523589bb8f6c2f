import { Button } from "antd";
import { createElement } from "react";
import { expect, test } from "vitest";
import { Queries } from "../client/queries";
import { show, soon } from "../testing";
import { useRowsTold } from "./parts/rows-told";
import { Surroundings } from "./surroundings";
import { press, serve } from "./testing";

test("a window that a page opens by a call holds what asks who is logged in", async () => {
  serve({});
  function Page() {
    const told = useRowsTold();
    const onClick = () => told("已登记 1 笔", [{ row: 4, name: "张*", reason: "金额看不懂" }], "行未登记", "7");
    return createElement(Button, { onClick }, "从表格登记");
  }
  show(createElement(Surroundings, { client: new Queries() }, createElement(Page)));
  await press("从表格登记");
  await soon(() => expect(document.body.textContent).toContain("下载有问题的行"));
  expect(document.body.textContent).toContain("第 4 行　张*：金额看不懂");
});

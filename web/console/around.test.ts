import { createElement } from "react";
import { expect, test } from "vitest";
import { Queries } from "../client/queries";
import { press, show, there } from "../testing";
import { Around } from "./around";
import { useRowsTold } from "./parts/rows-told";
import { serve } from "./testing";

test("a window that a page opens may hold links and buttons that ask the server", async () => {
  serve({});
  function Page() {
    const say = useRowsTold();
    const refused = [{ row: 3, name: "张三", reason: "查无此人" }];
    return createElement(
      "button",
      { type: "button", onClick: () => say("已推荐 2 人", refused, "行没有推荐", "7") },
      "推荐",
    );
  }
  const client = new Queries({ defaultOptions: { queries: { retry: false } } });
  show(createElement(Around, { client }, createElement(Page)));
  await press("推荐");
  const file = await there(() => document.querySelector<HTMLAnchorElement>(".ant-modal a[download]"));
  expect(file.getAttribute("href")).toContain("/exports/7/file");
});

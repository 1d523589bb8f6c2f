import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, serve } from "../testing";
import { MendRows } from "./mend-rows";

test("rows to mend are fetched as the export in which they are kept, and where there are none there is no button", async () => {
  serve({});
  const kept = draw(createElement(MendRows, { rows: "7" }));
  const link = await there(() => kept.place.querySelector("a"));
  expect(link.getAttribute("href")).toBe("/api/v1/exports/7/file");
  const none = draw(createElement("div", null, createElement(MendRows, { rows: null }), "无"));
  await soon(() => expect(none.place.textContent).toBe("无"));
});

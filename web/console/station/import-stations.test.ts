import { createElement } from "react";
import { expect, test } from "vitest";
import { pick, soon, uploads } from "../../testing";
import { draw, serve } from "../testing";
import { ImportStations } from "./import-stations";

const read = (more: number) => ({ new: more, changed: 0, same: 0, wrong: 0, rows: [], written: false });

test("what is said of a file is no word about the one that was chosen after it", async () => {
  const begun = uploads();
  serve({});
  const none = () => undefined;
  draw(createElement(ImportStations, { open: true, close: none, done: none }));
  await pick("甲.xlsx");
  await soon(() => expect(begun).toHaveLength(1));
  await pick("乙.xlsx");
  await soon(() => expect(begun).toHaveLength(2));
  begun[1]?.answer(read(2));
  await soon(() => expect(document.body.textContent).toContain("新增 2 个"));
  begun[0]?.answer(read(208));
  await new Promise((done) => setTimeout(done, 50));
  expect(document.body.textContent).toContain("新增 2 个");
});

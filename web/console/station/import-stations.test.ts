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
  // Rows that can't be taken may be taken away.
  expect(document.body.textContent).not.toContain("下载有问题的行");
  await pick("丙.xlsx");
  await soon(() => expect(begun).toHaveLength(3));
  begun[2]?.answer({ ...read(1), wrong: 1, to_mend: "7" });
  await soon(() => expect(document.body.textContent).toContain("下载有问题的行"));
  // The others go in without them, and they stay to be taken away.
  const rest = [...document.querySelectorAll("button")].find((one) => one.textContent?.includes("先导入 1 个"));
  rest?.click();
  await soon(() => expect(begun).toHaveLength(4));
  const form = begun[3]?.sent;
  expect(["dry_run", "skip_wrong"].map((name) => form?.get(name))).toEqual(["false", "true"]);
  begun[3]?.answer({ ...read(1), wrong: 1, written: true, to_mend: "7" });
  await soon(() => expect(document.body.textContent).toContain("其余的已导入"));
  expect(document.body.textContent).toContain("下载有问题的行");
  expect(document.body.textContent).not.toContain("先导入 1 个");
});

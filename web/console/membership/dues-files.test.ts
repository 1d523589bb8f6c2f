import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, serve } from "../testing";
import { DuesFilesWindow } from "./dues-files";

const file = { id: "5", organisation: "骑手联合工会", file_name: "七月会费.xlsx", entered: 3, amount_fen: 3_000 };

test("a table is taken back as a whole once it was told what would happen", async () => {
  const undo = { entries: 2, amount_fen: 2_000, left: 1, why: [{ name: "巴*", reason: "会费已经撤回（重复）。" }] };
  const sent = serve({
    "GET /dues-files": {
      items: [file, { ...file, id: "4", file_name: "六月会费.xlsx", undone: "传错了表", undone_by: "李干部" }],
      total: 2,
    },
    "GET /dues-files/5/undo": undo,
    "POST /dues-files/5/undo": undo,
  });
  let told = 0;
  const done = () => {
    told += 1;
  };
  draw(createElement(DuesFilesWindow, { open: true, organisation: "2", close: () => undefined, done }));
  await soon(() => expect(document.body.textContent).toContain("李干部已撤回：传错了表"));
  (await there(() => document.querySelector<HTMLButtonElement>('button[aria-label="撤回七月会费.xlsx"]'))).click();
  await soon(() => expect(document.body.textContent).toContain("将撤回 2 笔，共 20.00 元"));
  expect(document.body.textContent).toContain("有 1 笔不撤：巴* 会费已经撤回（重复）。");
  type(await there(() => document.querySelector<HTMLTextAreaElement>("textarea")), "传错了表");
  await press("撤回");
  await soon(() => expect(told).toBe(1));
  expect(sent.find((one) => one.method === "POST")?.body).toEqual({ reason: "传错了表" });
  // What stayed of the other one may have come back into the officer's scope since.
  expect(document.querySelector('button[aria-label="撤回六月会费.xlsx"]')?.textContent).toBe("查看未撤回的");
});

test("where no table was entered it is said", async () => {
  serve({});
  draw(
    createElement(DuesFilesWindow, { open: true, organisation: "2", close: () => undefined, done: () => undefined }),
  );
  await soon(() => expect(document.body.textContent).toContain("还没有从表格登记过会费。"));
});

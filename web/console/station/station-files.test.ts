import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there, type } from "../../testing";
import { draw, press, serve } from "../testing";
import { StationFilesWindow } from "./station-files";

test("a file of stations is taken back once it was told what becomes of each", async () => {
  const row = (id: string, verdict: string, words: string) => ({
    station_id: id,
    code: `BT-00${id}`,
    name: "驿站",
    verdict,
    words,
  });
  const undo = {
    removed: 1,
    restored: 0,
    left: 1,
    rows: [row("1", "removed", "将删除。"), row("2", "left", "驿站已有活动，不能删除。")],
  };
  const sent = serve({
    "GET /station-files": {
      items: [{ id: "5", organisation: "东河区总工会", file_name: "驿站.xlsx", made: 2, changed: 0 }],
      total: 1,
    },
    "GET /station-files/5/undo": undo,
    "POST /station-files/5/undo": undo,
  });
  let told = 0;
  const done = () => {
    told += 1;
  };
  draw(createElement(StationFilesWindow, { open: true, close: () => undefined, done }));
  (await there(() => document.querySelector<HTMLButtonElement>('button[aria-label="撤回驿站.xlsx"]'))).click();
  await soon(() => expect(document.body.textContent).toContain("驿站已有活动，不能删除。"));
  type(await there(() => document.querySelector<HTMLTextAreaElement>("textarea")), "传错了文件");
  await press("撤回");
  await soon(() => expect(told).toBe(1));
  expect(sent.find((one) => one.method === "POST")?.body).toEqual({ reason: "传错了文件" });
});

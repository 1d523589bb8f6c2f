import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon, there } from "../../testing";
import { draw, press, serve } from "../testing";
import { MendRows } from "./mend-rows";

test("rows that came within an answer are saved under their file's name, byte by byte", async () => {
  serve({});
  const saved: [string, Blob][] = [];
  let made: Blob | undefined;
  const createObjectURL = (content: Blob) => {
    made = content;
    return "blob:0";
  };
  vi.stubGlobal("URL", { ...URL, createObjectURL, revokeObjectURL: () => undefined });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    if (made) saved.push([this.download, made]);
  });
  draw(createElement(MendRows, { rows: { name: "会费-待改正.xlsx", bytes: "UEsDBP8=" } }));
  await press("下载有问题的行");
  expect(saved.map(([name]) => name)).toEqual(["会费-待改正.xlsx"]);
  const bytes = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done([...new Uint8Array(reader.result as ArrayBuffer)]);
    reader.readAsArrayBuffer(saved[0]?.[1] as Blob);
  });
  expect(bytes).toEqual([80, 75, 3, 4, 255]);
});

test("rows that are kept are fetched, and where there are none there is no button", async () => {
  serve({});
  const kept = draw(createElement(MendRows, { rows: "/imports/7/bad.xlsx" }));
  const link = await there(() => kept.place.querySelector("a"));
  expect(link.getAttribute("href")).toBe("/api/v1/imports/7/bad.xlsx");
  const none = draw(createElement("div", null, createElement(MendRows, { rows: null }), "无"));
  await soon(() => expect(none.place.textContent).toBe("无"));
});

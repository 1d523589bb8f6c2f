import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon } from "../../testing";
import { draw, serve } from "../testing";
import { ImportStations } from "./import-stations";

/** Uploads that end when the test says so, in the order in which they began. */
const uploads: Slow[] = [];
class Slow {
  status = 200;
  responseText = "";
  upload = {};
  onload?: () => void;
  open = () => undefined;
  setRequestHeader = () => undefined;
  send = () => {
    uploads.push(this);
  };
  answer(more: number) {
    this.responseText = JSON.stringify({ new: more, changed: 0, same: 0, wrong: 0, rows: [], written: false });
    this.onload?.();
  }
}

test("what is said of a file is no word about the one that was chosen after it", async () => {
  vi.stubGlobal("XMLHttpRequest", Slow);
  serve({});
  const none = () => undefined;
  draw(createElement(ImportStations, { open: true, close: none, done: none }));
  const pick = async (name: string) => {
    const input = await soon(() => {
      const found = document.querySelector<HTMLInputElement>('input[type="file"]');
      if (!found) throw new Error("not drawn yet");
      return found;
    });
    Object.defineProperty(input, "files", { value: [new File(["x"], name)], configurable: true });
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await soon(() => expect(document.body.textContent).toContain(name));
  };
  await pick("甲.xlsx");
  await soon(() => expect(uploads).toHaveLength(1));
  await pick("乙.xlsx");
  await soon(() => expect(uploads).toHaveLength(2));
  uploads[1]?.answer(2);
  await soon(() => expect(document.body.textContent).toContain("新增 2 个"));
  uploads[0]?.answer(208);
  await new Promise((done) => setTimeout(done, 50));
  expect(document.body.textContent).toContain("新增 2 个");
});

// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App } from "antd";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { asBrowser, soon } from "../../testing";
import { ImportStations } from "./import-stations";

asBrowser();

/** Uploads that end when the test says so, in the order in which they began. */
const uploads: Slow[] = [];
class Slow {
  status = 200;
  responseText = "";
  upload = {};
  onload?: () => void;
  open = () => undefined;
  setRequestHeader = () => undefined;
  sent?: FormData;
  send = (form: FormData) => {
    this.sent = form;
    uploads.push(this);
  };
  answer(more: number, rest = {}) {
    this.responseText = JSON.stringify({ new: more, changed: 0, same: 0, wrong: 0, rows: [], written: false, ...rest });
    this.onload?.();
  }
}

test("what is said of a file is no word about the one that was chosen after it", async () => {
  vi.stubGlobal("XMLHttpRequest", Slow);
  vi.stubGlobal("fetch", async () => {
    const session = { permissions: [], organisations: [{ id: "2", name: "包头市总工会" }] };
    return new Response(JSON.stringify(session), { headers: { "content-type": "application/json" } });
  });
  const root = createRoot(document.createElement("div"));
  const none = () => undefined;
  const window = createElement(ImportStations, { open: true, close: none, done: none });
  const page = createElement(App, null, createElement(MemoryRouter, null, window));
  root.render(createElement(QueryClientProvider, { client: new QueryClient() }, page));
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
  // Rows that can't be taken may be taken away.
  expect(document.body.textContent).not.toContain("下载有问题的行");
  await pick("丙.xlsx");
  await soon(() => expect(uploads).toHaveLength(3));
  uploads[2]?.answer(1, { wrong: 1, to_mend: { name: "丙-待改正.xlsx", bytes: "UEsDBA==" } });
  await soon(() => expect(document.body.textContent).toContain("下载有问题的行"));
  // The others go in without them, and they stay to be taken away.
  const rest = [...document.querySelectorAll("button")].find((one) => one.textContent?.includes("先导入 1 个"));
  rest?.click();
  await soon(() => expect(uploads).toHaveLength(4));
  const form = uploads[3]?.sent;
  expect(["dry_run", "skip_wrong"].map((name) => form?.get(name))).toEqual(["false", "true"]);
  uploads[3]?.answer(1, { wrong: 1, written: true, to_mend: { name: "丙-待改正.xlsx", bytes: "UEsDBA==" } });
  await soon(() => expect(document.body.textContent).toContain("其余的已导入"));
  expect(document.body.textContent).toContain("下载有问题的行");
  expect(document.body.textContent).not.toContain("先导入 1 个");
  root.unmount();
});

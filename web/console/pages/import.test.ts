import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { soon } from "../../testing";
import { draw, press, Refused, serve } from "../testing";
import Import from "./import";

const COUNTS = { join: 2, transfer: 0, already: 0, repeated: 0, bad: 0, entered: 0 };
const ROSTER = {
  id: "7",
  file_name: "名册.csv",
  organisation: "东河区总工会",
  total: 2,
  done: 0,
  columns: [],
  counts: COUNTS,
};

const streams: Stream[] = [];
class Stream {
  readyState = 1;
  onmessage?: (event: { data: string }) => void;
  onerror?: () => void;
  close = () => undefined;
  constructor() {
    streams.push(this);
  }
}

test("who begins what somebody else began meanwhile sees how far that is, and that the network went away", async () => {
  vi.stubGlobal("EventSource", Stream);
  let state = "checked";
  serve({
    "GET /imports/7": () => ({ ...ROSTER, state }),
    "POST /imports/7/start": new Refused(409, "import_state", "这次导入已经开始。"),
  });
  const { place } = draw(createElement(Import), "/imports/:id", "/imports/7");
  await soon(() => expect(place.textContent).toContain("待导入"));
  state = "running";
  await press("导入：入会2行，转接0行");
  await soon(() => expect(place.textContent).toContain("正在导入"));
  expect(place.textContent).toContain("这次导入已经开始。");
  await soon(() => expect(streams).toHaveLength(1));
  streams[0]?.onerror?.();
  await soon(() => expect(place.textContent).toContain("网络中断，正在重连"));
  streams[0]?.onmessage?.({ data: JSON.stringify({ ...ROSTER, state, done: 1 }) });
  await soon(() => expect(place.textContent).toContain("1 / 2"));
  expect(place.textContent).not.toContain("网络中断");
});

test("the few rows that an undoing left in are found among all", async () => {
  const counts = { ...COUNTS, join: 5000, entered: 5 };
  const sent = serve({ "GET /imports/7": { ...ROSTER, state: "undone", total: 5000, counts } });
  const { place } = draw(createElement(Import), "/imports/:id", "/imports/7");
  await soon(() => expect(place.textContent).toContain("没有撤销 5"));
  const shown = [...place.querySelectorAll<HTMLInputElement>(".ant-segmented-item-input")];
  shown.slice(-1)[0]?.click();
  await soon(() => expect(sent.slice(-1)[0]?.path).toMatch(/^\/imports\/7\/rows\?.*entered=true/));
});

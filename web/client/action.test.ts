// @vitest-environment jsdom
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import { type Action, useAction } from "./action";
import { post } from "./http";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
const root = createRoot(document.createElement("div"));
afterEach(() => act(() => root.render(null)));

test("a lost try keeps its key for the same row only: the same words for another row are another thing", async () => {
  const sent: [string, string][] = [];
  vi.stubGlobal("fetch", async (_: string, { headers, body }: { headers: Record<string, string>; body: string }) => {
    sent.push([headers["idempotency-key"] ?? "", body]);
    throw new TypeError("no network");
  });
  let action: Action<{ reason: string }, unknown> | undefined;
  function Window({ row }: { row: string }) {
    action = useAction((form: { reason: string }, sending) =>
      post("/dues", { ...form, row }, { ...sending, waits: [] }),
    );
    return null;
  }
  const say = async (row: string) => {
    act(() => root.render(createElement(Window, { row })));
    await act(async () => void (await action?.run({ reason: "补登" })));
  };
  for (const row of ["1", "1", "2"]) await say(row);
  const [first, again, other] = sent.map(([key]) => key);
  expect(sent.map(([, body]) => JSON.parse(body).row)).toEqual(["1", "1", "2"]);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

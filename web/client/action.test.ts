import { createElement } from "react";
import { expect, test, vi } from "vitest";
import { show } from "../testing";
import { type Action, useAction } from "./action";
import { post } from "./http";

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
  const { again: open } = show(createElement(Window, { row: "1" }));
  for (const row of ["1", "1", "2"]) {
    open(createElement(Window, { row }));
    await action?.run({ reason: "补登" });
  }
  const [first, again, other] = sent.map(([key]) => key);
  expect(sent.map(([, body]) => JSON.parse(body).row)).toEqual(["1", "1", "2"]);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

import { expect, test, vi } from "vitest";
import { Problem } from "../client/http";
import { ask } from "./ask";

/** A server that never answers. */
const silent = (_: string, request: RequestInit) =>
  new Promise((_resolve, reject) => {
    request.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
  });

test("a call that hangs is given up and told as a lost connection, which is asked again", async () => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", silent);
  const asked = ask("/me").catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(21_000);
  const problem = await asked;
  expect(problem).toBeInstanceOf(Problem);
  expect((problem as Problem).isLost).toBe(true);
});

test("a page that is left takes its question back, and that is no problem to show", async () => {
  vi.stubGlobal("fetch", silent);
  const left = new AbortController();
  const asked = ask("/me", {}, left.signal).catch((error: unknown) => error);
  left.abort();
  expect(await asked).not.toBeInstanceOf(Problem);
});

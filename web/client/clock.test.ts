import { expect, test, vi } from "vitest";
import { keep, waiting } from "../worker/station/queue";
import { timeNow } from "./clock";
import { get } from "./http";

const HOUR = 3_600_000;

/** The server answers, whose clock is so far ahead of this device's, in milliseconds. */
async function hear(ahead: number) {
  const date = new Date(Date.now() + ahead).toUTCString();
  const headers = { "content-type": "application/json", date };
  vi.stubGlobal("fetch", async () => new Response("{}", { headers }));
  await get("/me");
}

test("what a phone writes down bears the server's time, though its own clock is hours wrong", async () => {
  const written = () => {
    keep("7", "11", "entries", "快递员 1人", { quantity: 1, group: "courier" });
    return Date.parse(waiting("7").slice(-1)[0]?.body.happened_at ?? "") - Date.now();
  };
  for (const ahead of [-20 * HOUR, 3 * HOUR]) {
    await hear(ahead);
    expect(Math.abs(written() - ahead)).toBeLessThan(5_000);
  }
  // What an answer is on its way is no wrong clock.
  await hear(4_000);
  expect(Math.abs(written())).toBeLessThan(1_000);
  expect(timeNow() - Date.now()).toBeLessThan(1_000);
});

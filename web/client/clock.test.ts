import { expect, onTestFinished, test, vi } from "vitest";
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
  // Clocks that are a little apart are not wrong.
  await hear(4_000);
  expect(Math.abs(written())).toBeLessThan(1_000);
  expect(timeNow() - Date.now()).toBeLessThan(1_000);
});

test("an answer that came while the phone slept, or is long on its way, tells of no wrong clock", async () => {
  const now = Date.now();
  const date = new Date(now).toUTCString();
  const clock = vi.spyOn(Date, "now").mockReturnValue(now);
  onTestFinished(() => clock.mockRestore());
  vi.stubGlobal("fetch", async () => {
    clock.mockReturnValue(now + HOUR);
    return new Response("{}", { headers: { "content-type": "application/json", date } });
  });
  await get("/me");
  expect(timeNow()).toBe(now + HOUR);
});

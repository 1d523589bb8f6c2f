// What time it is for the server, where this device's clock is wrong: each of its answers tells.

/** What no clock is called wrong for, in milliseconds: an answer tells whole seconds. */
const NEAR = 10_000;

let ahead = 0;

/** Goes by this device's clock again, as before any answer. */
export const forgetTime = (): void => {
  ahead = 0;
};

/**
 * Hears of an answer of the server by how much its clock is ahead of this device's. It was given at some time since it was asked
 * for, at `asked`: one that is long on its way, or lay while the phone slept, tells of no wrong clock.
 */
export function hearTime(answer: Response, asked: number): void {
  const given = Date.parse(answer.headers.get("date") ?? "");
  const by = given - Math.min(Math.max(given, asked), Date.now());
  if (!Number.isNaN(by)) ahead = Math.abs(by) > NEAR ? by : 0;
}

/** This instant, in milliseconds since 1970, by the server's clock as far as it is known. */
export const timeNow = (): number => Date.now() + ahead;

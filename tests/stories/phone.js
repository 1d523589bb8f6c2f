// What riders do with their phones.
import assert from "node:assert/strict";

export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** The code that the demo wrote into the program's log after what stood there before. */
export async function codeOf(program, sent) {
  for (let tries = 0; tries < 1200; tries += 1) {
    const found = program
      .log()
      .slice(sent)
      .match(/验证码 (\d{6})/);
    if (found) return found[1];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail("no code was sent");
}

// A clock for programs that are started under it: clock.c, compiled, and the file that it looks into.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A clock that goes right until it is set; `environment` is what a program that goes by it is started with. */
export function madeClock() {
  const dir = mkdtempSync(join(tmpdir(), "niangjia-clock-"));
  const [library, ahead] = [join(dir, "clock.so"), join(dir, "ahead")];
  execFileSync("cc", ["-shared", "-fPIC", "-O2", "-o", library, join(import.meta.dirname, "clock.c")]);
  /** Sets it so many seconds ahead of this script's, at once for the programs that run. */
  const set = (seconds) =>
    // Written into the file that stands there, which the programs look into.
    writeFileSync(ahead, new BigInt64Array([BigInt(seconds)]), { flag: existsSync(ahead) ? "r+" : "w" });
  set(0);
  return {
    environment: { LD_PRELOAD: library, NIANGJIA_TEST_CLOCK: ahead },
    set,
    remove: () => rmSync(dir, { recursive: true }),
  };
}

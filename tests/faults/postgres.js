// A PostgreSQL of one test's own, which it may stop and start.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SCRIPT = join(import.meta.dirname, "../../scripts/postgres.sh");
const run = (...words) => execFileSync(SCRIPT, words, { encoding: "utf8" }).trim();

export class Postgres {
  constructor(...options) {
    const above = mkdtempSync(join(tmpdir(), "niangjia-postgres-"));
    chmodSync(above, 0o755);
    this.dir = join(above, "server");
    this.url = run("start", this.dir, ...options);
  }

  halt(mode) {
    run("halt", this.dir, mode);
  }

  /** Whether it still runs, or comes back by itself. */
  runs() {
    return existsSync(join(this.dir, "data/postmaster.pid"));
  }

  resume() {
    run("resume", this.dir);
  }

  remove() {
    run("stop", this.dir);
  }
}

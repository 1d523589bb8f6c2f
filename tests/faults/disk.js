// The disk below a house is full, and then read-only: SQLite's file, or PostgreSQL's tables. A clear answer, what can be read is
// still read, nothing is damaged, and a full disk that is cleared needs nobody's hands; only PostgreSQL itself must be started
// where its log had no room. Needs root, for mounts of its own.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { Acts } from "./acts.js";
import { chance, person } from "./chance.js";
import { Gateway } from "./gateway.js";
import { House, SERVER, sleep, until } from "./house.js";
import { Postgres } from "./postgres.js";
import { Disk } from "./small-disk.js";
import { found, must, send, stand } from "./world.js";

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** What a disk that can't be written is told as. */
const BROKEN = ["read_only", "disk_failed"];

/** What people meet on a disk, and how it stands afterwards. */
class Trial {
  constructor(house, world, gateway) {
    Object.assign(this, { house, world, server: world.process });
    this.at = () => this.server;
    this.acts = new Acts(world, gateway, chance(SEED));
    this.acts.lenient = true;
  }

  refused(codes) {
    return codes.reduce((total, code) => total + (this.acts.refusals[code] ?? 0), 0);
  }

  /** Works on for so long, or until enough was refused. */
  async work(ms, ...codes) {
    const end = Date.now() + ms;
    this.acts.refusals = {};
    await this.acts.crowd(this.at, 6, () => Date.now() > end || this.refused(codes) > 20);
  }

  async agrees() {
    await this.acts.settle(this.at);
    await this.acts.resend(this.at);
    const { roster, counted, ...rest } = await stand(this.world, this.server);
    assert.deepEqual(rest, this.acts.expected(), `seed ${SEED}`);
  }

  /** What can be read is read; a search in vain, which is noted, may be answered by `codes`. */
  async reads(...codes) {
    const { server, world } = this;
    await must(server, "GET", `/events/${world.event.id}`, { cookie: world.officer });
    const sought = (number) => send(server, "GET", `/members?q=${number}`, { cookie: world.officer });
    const there = await sought(this.acts.of("apply")[0].body.document_number);
    assert.deepEqual([there.status, there.json.total], [200, 1], JSON.stringify(there.json));
    const vain = await sought(person(90_000).number);
    assert.ok(vain.status === 200 || codes.includes(vain.json.code), `${vain.status} ${JSON.stringify(vain.json)}`);
  }

  /** Whether it is ready, or says one of these. */
  async ready(...codes) {
    const ready = await this.server.ready();
    assert.ok(ready.status === 200 || codes.some((code) => ready.text.startsWith(code)), JSON.stringify(ready));
    return ready.status === 200;
  }

  async full(small) {
    await this.work(800);
    small.fill();
    await this.work(30_000, "disk_full");
    assert.ok(this.refused(["disk_full"]) > 20, `it says that the disk is full: ${JSON.stringify(this.acts.refusals)}`);
    // Room for a write as small as readiness tries may be left where others found none.
    await this.ready("disk_full");
    await this.reads("disk_full");
    small.clear();
    await until(async () => (await this.server.ready()).status === 200, "ready again", 10);
    const told = JSON.stringify(this.acts.refusals);
    await this.agrees();
    console.log(`${this.house.kind}: the disk full, answered ${told}; ready again by itself`);
  }

  async broken(small) {
    await this.work(500);
    small.fail();
    await this.work(10_000, ...BROKEN);
    assert.ok(this.refused(BROKEN) > 5, `it says that nothing can be written: ${JSON.stringify(this.acts.refusals)}`);
    const ready = await this.ready(...BROKEN);
    // PostgreSQL goes on with what its memory and its log take, and opens no file that it could not write to.
    if (this.house.kind === "SQLite") {
      assert.ok(!ready, "it is not ready");
      await this.reads(...BROKEN);
    }
    console.log(`${this.house.kind}: the disk read-only, answered ${JSON.stringify(this.acts.refusals)}`);
  }
}

/** The mounted disk; where none can be mounted nothing is tried. */
function disk(megabytes) {
  try {
    return new Disk(megabytes);
  } catch (error) {
    console.log(`full and read-only disks: skipped, a loop device can't be mounted here (${error.message.split("\n")[0]})`);
    return process.exit(0);
  }
}

/** A server whose tables lie on the disk and whose log does not. */
function tables(small) {
  const postgres = new Postgres("fsync=on");
  execFileSync("chown", ["postgres", small.at]);
  for (const text of [`CREATE TABLESPACE small LOCATION '${small.at}'`, "ALTER SYSTEM SET default_tablespace = small"]) {
    execFileSync("psql", ["-q", `${postgres.url}/postgres`, "-c", text]);
  }
  postgres.halt("fast");
  postgres.resume();
  return postgres;
}

/** A server whose log lies on the disk and nothing else. */
function log(small) {
  const postgres = new Postgres("fsync=on", "min_wal_size=32MB", "max_wal_size=32MB");
  postgres.halt("fast");
  const [usual, moved] = [join(postgres.dir, "data/pg_wal"), join(small.at, "pg_wal")];
  execFileSync("mv", [usual, moved]);
  symlinkSync(moved, usual);
  postgres.resume();
  return postgres;
}

async function play(kind, small, postgres) {
  const gateway = await new Gateway().open();
  const house = new House(kind, postgres ? { gateway, server: postgres.url } : { gateway, data: join(small.at, "data") });
  const trial = new Trial(house, await found(house), gateway);
  const { server } = trial;
  for (let time = 1; time <= 3; time += 1) await trial.full(small);
  assert.equal(server.child.exitCode, null, "it is still the same process");
  // What was acknowledged after the disk was full is on it, not in a transaction that never ends.
  await trial.work(500);
  await server.kill();
  await server.start();
  await trial.agrees();

  await trial.broken(small);
  await server.stop();
  postgres?.halt("immediate");
  small.unmount();
  small.mount();
  postgres?.resume();
  await server.start();
  await trial.agrees();
  await server.stop();
  house.must("verify");
  if (!postgres) {
    const asked = `import sqlite3; print(sqlite3.connect("${house.data}/niangjia.sqlite").execute("PRAGMA integrity_check").fetchone()[0])`;
    assert.equal(execFileSync("python3", ["-c", asked], { encoding: "utf8" }).trim(), "ok");
  }
  await sleep(100);
  gateway.close();
  house.remove();
  postgres?.remove();
  small.remove();
  console.log(`${kind}'s disk, seed ${SEED}: full three times, read-only once; ${trial.acts.done.length} acts. Nothing missing or twice; verify clean.`);
}

/** Without room for its log PostgreSQL ends itself rather than acknowledge what it can't keep. */
async function unlogged(small) {
  const postgres = log(small);
  const gateway = await new Gateway().open();
  const house = new House("PostgreSQL", { gateway, server: postgres.url });
  const trial = new Trial(house, await found(house), gateway);
  const { server } = trial;
  for (let time = 1; time <= 3; time += 1) {
    await trial.work(800);
    small.fill();
    const working = trial.work(15_000, "database_away");
    await until(() => {
      // Each begins another file of the log, until there is nobody to ask.
      spawnSync("psql", [house.database, "-c", "SELECT pg_switch_wal()"]);
      return !postgres.runs();
    }, "PostgreSQL ends");
    await working;
    const told = JSON.stringify(trial.acts.refusals);
    assert.ok(trial.refused(["database_away"]) > 0, `it says that the database is away: ${told}`);
    assert.ok(!(await trial.ready("database_away")));
    small.clear();
    postgres.resume();
    await until(async () => (await server.ready()).status === 200, "ready again");
    await trial.agrees();
    console.log(`PostgreSQL: no room for its log, answered ${told}; ready again when PostgreSQL was started`);
  }
  assert.equal(server.child.exitCode, null, "it is still the same process");
  await server.stop();
  house.must("verify");
  gateway.close();
  house.remove();
  postgres.remove();
  small.remove();
  console.log(`PostgreSQL's log, seed ${SEED}: no room three times; ${trial.acts.done.length} acts. Nothing missing or twice; verify clean.`);
}

await play("SQLite", disk(48));
if (SERVER) {
  const small = disk(64);
  await play("PostgreSQL", small, tables(small));
  await unlogged(disk(96));
}

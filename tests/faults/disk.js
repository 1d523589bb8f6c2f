// The disk below an SQLite house is full, and then read-only: a clear answer, what can be read is still read, nothing is
// damaged, and a full disk that is cleared needs nobody's hands. Needs root, for mounts of its own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Acts } from "./acts.js";
import { chance, person } from "./chance.js";
import { Gateway } from "./gateway.js";
import { House, sleep, until } from "./house.js";
import { found, must, send, stand } from "./world.js";

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** A small file system of its own. */
class Disk {
  constructor(megabytes) {
    this.above = mkdtempSync(join(tmpdir(), "niangjia-disk-"));
    this.image = join(this.above, "image");
    this.at = join(this.above, "disk");
    writeFileSync(this.image, "");
    truncateSync(this.image, megabytes << 20);
    execFileSync("mkfs.ext4", ["-q", "-F", "-m", "0", this.image]);
    execFileSync("mkdir", [this.at]);
    this.mount();
    process.on("exit", () => this.mounted && execFileSync("umount", ["-l", this.at]));
  }

  mount() {
    this.mounted = true;
    execFileSync("mount", ["-o", "loop,errors=remount-ro", this.image, this.at]);
  }

  /** As the kernel does when the device below fails: from now on nothing can be written. */
  fail() {
    execFileSync("mount", ["-o", "remount,abort", this.at]);
  }

  unmount() {
    execFileSync("umount", [this.at]);
    this.mounted = false;
  }

  remove() {
    this.unmount();
    rmSync(this.above, { recursive: true });
  }

  free() {
    const stats = statfsSync(this.at);
    return stats.bavail * stats.bsize;
  }

  /** Leaves no room. */
  fill() {
    const filler = join(this.at, "filler");
    try {
      execFileSync("dd", ["if=/dev/zero", `of=${filler}`, "bs=64k"], { stdio: "ignore" });
    } catch {
      // Until no more fits.
    }
    execFileSync("sync", ["-f", this.at]);
    return filler;
  }
}

function disk() {
  try {
    return new Disk(48);
  } catch (error) {
    console.log(`full and read-only disks: skipped, a loop device can't be mounted here (${error.message.split("\n")[0]})`);
    return process.exit(0);
  }
}

const luck = chance(SEED);
const small = disk();
const gateway = await new Gateway().open();
const house = new House("SQLite", { gateway, data: join(small.at, "data") });
const world = await found(house);
const server = world.process;
const at = () => server;
const acts = new Acts(world, gateway, luck);
acts.lenient = true;

/** Works on for so long, or until enough was refused. */
async function work(ms, code) {
  const end = Date.now() + ms;
  await acts.crowd(at, 6, () => Date.now() > end || acts.refusals[code] > 20);
}

async function agrees() {
  await acts.settle(at);
  await acts.resend(at);
  const { roster, counted, ...rest } = await stand(world, server);
  assert.deepEqual(rest, acts.expected(), `seed ${SEED}`);
}

/** Whoever is there is found by his number; `nobody` tells what may be answered to one that nobody has. */
async function seeks(nobody) {
  const sought = (number) => send(server, "GET", `/members?q=${number}`, { cookie: world.officer });
  const known = acts.of("apply")[0].body.document_number;
  const there = await sought(known);
  assert.deepEqual([there.status, there.json.total], [200, 1], JSON.stringify(there.json));
  const vain = await sought(person(90_000).number);
  assert.ok(nobody(vain), `${vain.status} ${JSON.stringify(vain.json)}`);
}

for (let time = 1; time <= 3; time += 1) {
  await work(800);
  const filler = small.fill();
  acts.refusals = {};
  await work(30_000, "disk_full");
  assert.ok(acts.refusals.disk_full > 20, `it says that the disk is full: ${JSON.stringify(acts.refusals)}`);
  // Room for a write as small as readiness tries may be left where others found none.
  const ready = await server.ready();
  assert.ok(ready.status === 200 || ready.text.startsWith("disk_full"), JSON.stringify(ready));
  await must(server, "GET", `/events/${world.event.id}`, { cookie: world.officer });
  await seeks(({ status, json }) => status === 200 || json.code === "disk_full");
  rmSync(filler);
  await until(async () => (await server.ready()).status === 200, "ready again", 10);
  await agrees();
  console.log(`full disk, time ${time}: answered ${JSON.stringify(acts.refusals)}; ready again by itself`);
}
assert.equal(server.child.exitCode, null, "it is still the same process");
// What was acknowledged after the disk was full is on it, not in a transaction that never ends.
await work(500);
await server.kill();
await server.start();
await agrees();

await work(500);
small.fail();
acts.refusals = {};
await work(10_000, "read_only");
const refused = (acts.refusals.read_only ?? 0) + (acts.refusals.disk_failed ?? 0);
assert.ok(refused > 5, `it says that nothing can be written: ${JSON.stringify(acts.refusals)}`);
const ready = await server.ready();
assert.ok(ready.status === 503 && /^(read_only|disk_failed)/.test(ready.text), JSON.stringify(ready));
await must(server, "GET", `/events/${world.event.id}`, { cookie: world.officer });
await seeks(({ status, json }) => status === 503 && /^(read_only|disk_failed)/.test(json.code));
await server.stop();
small.unmount();
small.mount();
await server.start();
await agrees();
await server.stop();
house.must("verify");
const integrity = execFileSync("python3", ["-c", `import sqlite3; print(sqlite3.connect("${house.data}/niangjia.sqlite").execute("PRAGMA integrity_check").fetchone()[0])`], { encoding: "utf8" });
assert.equal(integrity.trim(), "ok");
await sleep(100);
gateway.close();
house.remove();
small.remove();
console.log(`disks, seed ${SEED}: full three times, read-only once; ${acts.done.length} acts. Nothing missing or twice; verify clean.`);

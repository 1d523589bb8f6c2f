// Databases that earlier releases filled are brought forward by today's program: it restores them, which runs the steps of
// the schema that came since and recounts everything; then it serves them, and they stand as they stood.
import assert from "node:assert/strict";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Acts } from "../faults/acts.js";
import { chance, person } from "../faults/chance.js";
import { Gateway } from "../faults/gateway.js";
import { DATABASES, House } from "../faults/house.js";
import { PASSWORD, logIn, must, send, stand } from "../faults/world.js";
import { figures } from "./programmes.js";

const kept = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".gz"));
assert.ok(kept.length >= 2, "there are databases to bring forward");

/** Logs the officer in, whose password may have become too old since. */
async function enter(process) {
  const { cookie, json } = await logIn(process);
  if (json?.code !== "password_expired") return cookie;
  const body = { username: "officer", old: PASSWORD, new: "Upgrade-2026-niang" };
  return (await must(process, "POST", "/session/expired-password", { body })).cookie;
}

for (const file of kept) {
  const name = file.replace(/\.gz$/, "");
  const kind = DATABASES.find((one) => name.endsWith(`-${one.toLowerCase()}`));
  if (!kind) {
    console.log(`${name}: skipped, NIANGJIA_TEST_POSTGRES is not set`);
    continue;
  }
  const told = JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), "utf8"));
  const gateway = await new Gateway().open();
  const house = new House(kind, { gateway });
  mkdirSync(house.data, { recursive: true });
  const key = join(house.data, "master.key");
  copyFileSync(join(import.meta.dirname, `${name}.key`), key);
  chmodSync(key, 0o600);
  const copy = join(house.dir, "copy");
  writeFileSync(copy, gunzipSync(readFileSync(join(import.meta.dirname, file))));
  house.must("restore", copy);
  const process = await house.start();
  const world = { ...told.world, house, process, officer: await enter(process) };
  assert.deepEqual(await stand(world, process), told.stand);
  if (told.figures) assert.deepEqual(await figures(world, process), told.figures);
  // Whoever was there before is found by his numbers.
  const found = async (text) => (await send(process, "GET", `/members?q=${text}`, { cookie: world.officer })).json.total;
  const known = person(1_000);
  assert.deepEqual([await found(known.number), await found(known.phone)], [1, 1]);
  // It is not only read: work goes on.
  const acts = new Acts(world, gateway, chance(1));
  acts.people = 90_000;
  for (const act of ["apply", "approve", "record", "reverse"]) await acts[act](process);
  await acts.settle(() => process);
  assert.equal((await stand(world, process)).desk, told.stand.desk + 1);
  await process.stop();
  house.must("verify");
  gateway.close();
  house.remove();
  console.log(`${name}: brought forward, stands as it stood, goes on; verify clean`);
}

// `niangjia backup` while people work: each copy is brought back into a house of its own and is one moment of the first one,
// with all that was acknowledged before the copy began and nothing half; `verify` is clean on each.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Acts } from "./acts.js";
import { chance } from "./chance.js";
import { Gateway } from "./gateway.js";
import { DATABASES, House, sleep } from "./house.js";
import { Rosters } from "./roster.js";
import { found, logIn, send, stand } from "./world.js";

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const COPIES = Number(process.env.COPIES ?? 3);

/** How things stand when they stand still: an import that was under way in the copy goes on in the house that it becomes. */
async function still(world, process) {
  for (let before; ; ) {
    const stands = await stand(world, process);
    if (isDeepStrictEqual(stands, before)) return stands;
    before = stands;
  }
}

/** The copy as a house that serves. */
async function back(kind, first, copy, world) {
  const house = new House(kind);
  mkdirSync(house.data, { recursive: true });
  copyFileSync(join(first.data, "master.key"), join(house.data, "master.key"));
  house.must("restore", copy);
  house.must("verify");
  const process = await house.start();
  // Who was logged in then is not any more.
  assert.equal((await send(process, "GET", "/session", { cookie: world.officer })).status, 401);
  const stands = await still({ ...world, officer: (await logIn(process)).cookie }, process);
  await process.stop();
  house.remove();
  return stands;
}

async function play(kind) {
  const luck = chance(SEED);
  const gateway = await new Gateway().open();
  const house = new House(kind, { gateway });
  const world = await found(house);
  const at = () => world.process;
  const acts = new Acts(world, gateway, luck);
  const rosters = new Rosters(world, luck, 300);
  let stop = false;
  const crowd = acts.crowd(at, 6, () => stop);
  const importing = (async () => {
    while (!stop) {
      await rosters.step(world.process);
      await sleep(100);
    }
  })();
  const copies = [];
  let written = 0;
  // A copy may be made so fast that nobody was answered meanwhile; then another one is made.
  for (let n = 0; n < COPIES || (written === 0 && n < COPIES + 9); n += 1) {
    await sleep(500 + luck.below(1000));
    const [before, many] = [acts.expected(), acts.done.length];
    const copy = join(house.dir, `copy-${n}`);
    await house.meanwhile("backup", copy);
    written += acts.done.length - many;
    copies.push({ copy, before, under: acts.open.size, after: acts.expected() });
  }
  stop = true;
  await Promise.all([crowd, importing]);
  await acts.settle(at);
  for (const { copy, before, under, after } of copies) {
    const stands = await back(kind, house, copy, world);
    for (const what of ["joined", "records"]) {
      const [least, most] = [before[what], after[what] + under];
      assert.ok(stands[what] >= least && stands[what] <= most, `${what}: ${stands[what]}, of ${least} to ${most}; seed ${SEED}`);
    }
    assert.equal(stands.joined, stands.riders);
    assert.equal(stands.counted, stands.riders + stands.desk + stands.roster);
  }
  assert.ok(written > 0, "people worked while the copies were made");
  await world.process.stop();
  house.must("verify");
  gateway.close();
  house.remove();
  console.log(`${kind}, seed ${SEED}: ${copies.length} copies made while ${written} acts were acknowledged, each brought back as one moment; verify clean`);
}

for (const kind of DATABASES) await play(kind);

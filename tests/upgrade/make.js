// Fills a small house on each database with the program of a release, and keeps it for the upgrade's test:
//   NIANGJIA_TEST_PROGRAM=/path/to/the/released/niangjia node make.js 0.1.0
import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Acts } from "../faults/acts.js";
import { chance } from "../faults/chance.js";
import { Gateway } from "../faults/gateway.js";
import { DATABASES, House } from "../faults/house.js";
import { Rosters } from "../faults/roster.js";
import { found, stand } from "../faults/world.js";
import { figures, fill } from "./programmes.js";

const version = process.argv[2];
assert.ok(version && DATABASES.length === 2, "a name for the release is told, and NIANGJIA_TEST_POSTGRES is set");

for (const kind of DATABASES) {
  const luck = chance(2026);
  const gateway = await new Gateway().open();
  const house = new House(kind, { gateway });
  const world = await found(house);
  const at = () => world.process;
  const acts = new Acts(world, gateway, luck);
  const rosters = new Rosters(world, luck, 60);
  await acts.crowd(at, 1, () => acts.done.length > 150);
  await rosters.step(world.process);
  rosters.undo = false;
  await rosters.finish(at);
  world.filled = await fill(world, gateway);
  const { officer, unions, county, event, consent, filled } = world;
  const name = join(import.meta.dirname, `${version}-${kind.toLowerCase()}`);
  const told = {
    world: { officer, unions, county, event, consent, filled, since: Number(filled.day.slice(0, 4)) },
    stand: await stand(world, world.process),
    figures: await figures(world, world.process),
  };
  await world.process.stop();
  const copy = join(house.dir, "copy");
  house.must("backup", copy);
  writeFileSync(`${name}.gz`, gzipSync(readFileSync(copy), { level: 9 }));
  writeFileSync(`${name}.json`, `${JSON.stringify(told, null, 2)}\n`);
  copyFileSync(join(house.data, "master.key"), `${name}.key`);
  gateway.close();
  house.remove();
  console.log(`${name}.gz`, told.stand);
}

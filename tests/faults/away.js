// PostgreSQL is stopped and started while people work, and its connections are cut: clear answers meanwhile, and nothing
// missing or twice when it is back, though nobody touched the program.
import assert from "node:assert/strict";
import { Acts } from "./acts.js";
import { chance } from "./chance.js";
import { Gateway } from "./gateway.js";
import { House, SERVER, sleep, until } from "./house.js";
import { Postgres } from "./postgres.js";
import { Rosters } from "./roster.js";
import { found, send, stand } from "./world.js";

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const CUTS = Number(process.env.CUTS ?? 30);

if (!SERVER) {
  console.log("the database away: skipped, NIANGJIA_TEST_POSTGRES is not set");
  process.exit(0);
}

const luck = chance(SEED);
const postgres = new Postgres();
const gateway = await new Gateway().open();
const house = new House("PostgreSQL", { gateway, server: postgres.url });
const world = await found(house);
const server = world.process;
const at = () => server;
const acts = new Acts(world, gateway, luck);
acts.lenient = true;
const rosters = new Rosters(world, luck, 400);

async function under(load, work) {
  let stop = false;
  const crowd = acts.crowd(at, 6, () => stop);
  const importing = (async () => {
    while (load && !stop) {
      await rosters.step(server);
      await sleep(200);
    }
  })();
  await work();
  stop = true;
  await Promise.all([crowd, importing]);
  await acts.settle(at);
  await acts.resend(at);
  const { roster, counted, ...rest } = await stand(world, server);
  assert.deepEqual(rest, acts.expected(), `seed ${SEED}`);
}

for (const mode of ["fast", "immediate", "immediate"]) {
  await under(true, async () => {
    await sleep(500 + luck.below(1000));
    postgres.halt(mode);
    const began = Date.now();
    const told = await send(server, "GET", "/session", { cookie: world.officer });
    const waited = Date.now() - began;
    assert.deepEqual([told.status, told.json.code, told.headers.get("retry-after")], [503, "database_away", "5"]);
    assert.ok(waited < 12_000, `it took ${waited} ms to say so`);
    const ready = await server.ready();
    assert.ok(ready.status === 503 && ready.text.startsWith("database_away"), JSON.stringify(ready));
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    postgres.resume();
    const back = Date.now();
    await until(async () => (await server.ready()).status === 200, "ready again");
    console.log(`PostgreSQL stopped (${mode}): told within ${waited} ms, ready ${Date.now() - back} ms after it was back`);
    await sleep(1000);
  });
}

// Connections are cut in the middle of anything, commits included.
const cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'niangjia' AND state <> 'idle'";
let cuts = 0;
await under(true, async () => {
  for (let n = 0; n < CUTS; n += 1) {
    await sleep(luck.below(120));
    cuts += Number(house.sql(cut));
  }
});
assert.equal(server.child.exitCode, null, "it is still the same process");
await rosters.finish(at);
await server.stop();
house.must("verify");
gateway.close();
house.remove();
postgres.remove();
console.log(
  `PostgreSQL away, seed ${SEED}: 3 stops and ${cuts} connections cut; ${acts.done.length} acts, ${rosters.finished} + ${rosters.undone} imports, ` +
    `answers meanwhile ${JSON.stringify(acts.refusals)}. Nothing missing or twice; verify clean.`,
);

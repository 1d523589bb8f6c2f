// The clock of the running program's machine is put back while people work and an import runs: nobody waits for a time that
// was, nothing is missing or twice, and what was begun goes on after a restart in the past, too.
//   SEED=7 node clock.js
import assert from "node:assert/strict";
import { madeClock } from "../clock/clock.js";
import { Acts } from "./acts.js";
import { chance } from "./chance.js";
import { Gateway } from "./gateway.js";
import { DATABASES, House, sleep } from "./house.js";
import { Rosters } from "./roster.js";
import { found, logIn, stand } from "./world.js";

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** From how many seconds ahead of this script's the program's clock is put back to how many. The event lasts for a day. */
const STEPS = [
  [72_000, 71_990],
  [72_000, 36_000],
  [36_000, 0],
  [300, 0],
  [72_000, 0],
];

const clock = madeClock();
// For the programs that are started from here on.
Object.assign(process.env, clock.environment);

async function play(kind) {
  const luck = chance(SEED);
  const gateway = await new Gateway().open();
  const house = new House(kind, { gateway });
  const world = await found(house);
  const { process: server } = world;
  const acts = new Acts(world, gateway, luck);
  // A code from a time that has not come yet opens nothing; whoever holds it asks for another.
  acts.lenient = true;
  const rosters = new Rosters(world, luck, 300);
  const at = () => server;
  for (const [turn, [from, to]] of STEPS.entries()) {
    // Going forward has ended the log-ins that nobody used meanwhile.
    clock.set(from);
    world.officer = (await logIn(server)).cookie;
    let stop = false;
    const crowd = acts.crowd(at, 6, () => stop);
    const importing = (async () => {
      while (!stop) {
        await rosters.step(server);
        await sleep(100);
      }
    })();
    await sleep(1_000 + luck.below(1_000));
    const before = acts.done.length;
    clock.set(to);
    await sleep(2_000);
    stop = true;
    await Promise.all([crowd, importing]);
    assert.ok(acts.done.length > before, `work goes on: ${JSON.stringify(acts.refusals)}`);
    if (turn % 2 === 1) {
      await server.kill();
      await server.start();
    }
    await acts.settle(at);
    await acts.resend(at);
    const { roster, counted, ...rest } = await stand(world, server);
    assert.deepEqual(rest, acts.expected(), `${from} s back to ${to} s, seed ${SEED}`);
  }
  await rosters.finish(at);
  await server.stop();
  house.must("verify");
  gateway.close();
  house.remove();
  console.log(
    `${kind}, seed ${SEED}: the clock put back ${STEPS.length} times; ${acts.done.length} acts, ` +
      `${rosters.finished} + ${rosters.undone} imports, answers meanwhile ${JSON.stringify(acts.refusals)}. Nothing missing or twice; verify clean.`,
  );
}

for (const kind of DATABASES) await play(kind);
clock.remove();

// `kill -9` at random moments of joins, applications, approvals, records, reversals and imports. After each: what was not
// answered is sent again, and the house stands exactly where its answers say.
//   ROUNDS=200 SEED=7 node kill.js
import assert from "node:assert/strict";
import { Acts } from "./acts.js";
import { chance } from "./chance.js";
import { Gateway } from "./gateway.js";
import { DATABASES, House, sleep } from "./house.js";
import { Rosters } from "./roster.js";
import { found, logIn, stand } from "./world.js";

const ROUNDS = Number(process.env.ROUNDS ?? 6);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const LONGEST_MS = Number(process.env.LONGEST_MS ?? 1_500);
const ROWS = Number(process.env.ROWS ?? 400);

async function play(kind) {
  const luck = chance(SEED);
  const gateway = await new Gateway().open();
  const house = new House(kind, { gateway });
  const world = await found(house);
  const { process } = world;
  const acts = new Acts(world, gateway, luck);
  const rosters = new Rosters(world, luck, ROWS);
  const at = () => process;
  const tally = { inFlight: 0, importing: 0, slowest: 0 };
  let loggedIn = Date.now();
  for (let round = 1; round <= ROUNDS; round += 1) {
    let stop = false;
    const crowd = acts.crowd(at, 8, () => stop);
    const importing = (async () => {
      while (!stop) {
        await rosters.step(process);
        await sleep(100);
      }
    })();
    await sleep(luck.below(LONGEST_MS));
    tally.inFlight += acts.open.size;
    if (["checking", "running", "undoing"].includes(rosters.state)) tally.importing += 1;
    stop = true;
    await process.kill();
    await Promise.all([crowd, importing]);
    if (round % 10 === 0 || round === ROUNDS) house.must("verify");
    await process.start();
    tally.slowest = Math.max(tally.slowest, process.startedIn);
    if (Date.now() - loggedIn > 300_000) {
      world.officer = (await logIn(process)).cookie;
      loggedIn = Date.now();
    }
    await acts.settle(at);
    await acts.resend(at, 4);
    const { roster, counted, ...rest } = await stand(world, process);
    assert.deepEqual(rest, acts.expected(), `round ${round} of seed ${SEED}`);
    assert.ok(counted >= rest.riders + rest.desk && counted <= rest.riders + rest.desk + rosters.members + rosters.people * 2);
    if (round % 20 === 0) console.log(`${kind}: round ${round}, ${acts.done.length} acknowledged, ${rosters.finished} + ${rosters.undone} imports`);
  }
  rosters.undo = rosters.undo && rosters.state !== "done";
  await rosters.finish(at);
  const ended = await stand(world, process);
  assert.equal(ended.counted, ended.riders + ended.desk + ended.roster);
  await process.stop();
  house.must("verify");
  const copy = `${house.dir}/copy`;
  house.must("backup", copy);
  gateway.close();
  house.remove();
  const kinds = ["join", "apply", "approve", "record", "reverse"].map((name) => `${acts.of(name).length} ${name}`).join(", ");
  console.log(
    `${kind}, seed ${SEED}: killed ${ROUNDS} times with ${tally.inFlight} acts under way and ${tally.importing} times in an import; ` +
      `${kinds}; ${rosters.finished} imports done, ${rosters.undone} undone; ${acts.resends} answers asked for again; ` +
      `${acts.abandoned} codes lost with their text; slowest start ${tally.slowest} ms. Nothing missing, half or twice; verify clean.`,
  );
}

for (const kind of DATABASES) await play(kind);

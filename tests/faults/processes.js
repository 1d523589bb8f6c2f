// Two and three server processes on one PostgreSQL: acts spread over them and sent again to another, one of them killed now
// and then; jobs are done once, live pages follow each other's writes, an account that is locked is locked everywhere.
import assert from "node:assert/strict";
import { Acts } from "./acts.js";
import { chance } from "./chance.js";
import { Gateway } from "./gateway.js";
import { House, Process, SERVER, freePort, sleep, until } from "./house.js";
import { Rosters } from "./roster.js";
import { found, logIn, stand } from "./world.js";

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const KILLS = Number(process.env.KILLS ?? 6);

if (!SERVER) {
  console.log("several processes: skipped, NIANGJIA_TEST_POSTGRES is not set");
  process.exit(0);
}

/** A live page: what it shows last, and when it came. */
class Wall {
  constructor(server, world) {
    this.stop = new AbortController();
    this.read(server, world).catch(() => {});
  }

  async read(server, world) {
    const headers = { cookie: world.officer };
    const told = await fetch(`${server.url}/api/v1/events/${world.event.id}/live`, { headers, signal: this.stop.signal });
    let text = "";
    for await (const chunk of told.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const messages = text.split("\n\n");
      text = messages.pop();
      for (const message of messages) {
        const data = message.match(/^data: ?(.*)$/m);
        if (data) this.shown = JSON.parse(data[1]);
      }
    }
  }
}

async function play(number) {
  const luck = chance(SEED + number);
  const gateway = await new Gateway().open();
  const house = new House("PostgreSQL", { gateway });
  const world = await found(house);
  const servers = [world.process];
  // The others start at once, on a schema that is up to date.
  const more = Array.from({ length: number - 1 }, async () => new Process(house, await freePort()).start());
  servers.push(...(await Promise.all(more)));
  const acts = new Acts(world, gateway, luck);
  const rosters = new Rosters(world, luck, 600);
  const at = () => luck.pick(servers);

  const walls = servers.map((server) => new Wall(server, world));
  await until(() => walls.every((wall) => wall.shown?.joined === 0), "the walls show nobody");
  for (const server of servers) {
    await acts.join(server);
    const joined = acts.of("join").length;
    const began = Date.now();
    await until(() => walls.every((wall) => wall.shown.joined === joined), "every wall shows him", 6);
    acts.walls = Math.max(acts.walls ?? 0, Date.now() - began);
  }
  for (const wall of walls) wall.stop.abort();

  let stop = false;
  const crowd = acts.crowd(at, 8, () => stop);
  const importing = (async () => {
    while (!stop) {
      await rosters.step(at());
      await sleep(150);
    }
  })();
  for (let n = 0; n < KILLS; n += 1) {
    await sleep(800 + luck.below(1200));
    const server = luck.pick(servers);
    await server.kill();
    await sleep(luck.below(500));
    await server.start();
  }
  await sleep(1000);
  stop = true;
  await Promise.all([crowd, importing]);
  await acts.settle(at);
  await acts.resend(at, 20);
  await rosters.finish(at);
  for (const server of servers) {
    const { roster, counted, ...rest } = await stand(world, server);
    assert.deepEqual(rest, acts.expected(), `seed ${SEED}`);
    assert.equal(roster, rosters.members);
    assert.equal(counted, rest.riders + rest.desk + roster);
  }
  // Each import is one job of a kind, ended once: none is left over.
  assert.equal(house.sql("SELECT count(*) FROM job WHERE claimed_until IS NOT NULL OR failure IS NOT NULL OR kind LIKE 'membership_import\\_%' AND kind <> 'membership_import_empty'").trim(), "0");

  const wrong = [];
  for (let n = 0; n < 6; n += 1) wrong.push((await logIn(servers[n % number], "officer", "Wrong-2026-word", `10.9.0.${n}`)).status);
  assert.ok(wrong.slice(0, 5).every((status) => status === 401), String(wrong));
  for (const server of servers) {
    const locked = await logIn(server);
    assert.deepEqual([locked.status, locked.json.code], [429, "locked"], JSON.stringify(locked.json));
  }
  for (const server of servers) await server.stop();
  house.must("verify");
  gateway.close();
  house.remove();
  console.log(
    `${number} processes, seed ${SEED}: ${KILLS} of them killed; ${acts.done.length} acts, ${rosters.finished} + ${rosters.undone} imports; ` +
      `${acts.resends} answers asked for again from another; walls follow within ${acts.walls} ms. Nothing missing, half or twice; verify clean.`,
  );
}

for (const number of [2, 3]) await play(number);

// `kill -9` in the middle of a rush for a few pieces of a benefit, on PostgreSQL also with two server processes. Who got no
// answer sends again under the same key, to whichever process. Afterwards exactly as many are given as there are, one each,
// and everybody has what he was answered.
//   ROUNDS=50 PHONES=64 SEED=7 node rush.js
import assert from "node:assert/strict";
import { chance } from "./chance.js";
import { Gateway } from "./gateway.js";
import { DATABASES, House, Process, freePort, sleep } from "./house.js";
import { offer, riders, round } from "./offers.js";
import { found, logIn, must, send } from "./world.js";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const PHONES = Number(process.env.PHONES ?? 64);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** Within so many milliseconds of the rush the program is killed. */
const LONGEST_MS = Number(process.env.LONGEST_MS ?? 120);

/** A phone asks until it is answered; answers what it was told, and how often it had to send. */
async function ask(at, rider, id, key) {
  for (let tries = 1; ; tries += 1) {
    const told = await send(at(), "POST", `/me/benefit-rounds/${id}/claim`, { cookie: rider.cookie, key }).catch(() => undefined);
    if (told && told.status < 500) return { ...told, tries };
    await sleep(50);
  }
}

async function play(kind, number) {
  const luck = chance(SEED + number);
  const gateway = await new Gateway().open();
  const house = new House(kind, { gateway });
  const world = await found(house);
  const servers = [world.process];
  while (servers.length < number) servers.push(await new Process(house, await freePort()).start());
  const phones = await riders(world, gateway, PHONES);
  const { id: offered } = await offer(world);
  const tally = { given: 0, again: 0, killed: 0 };
  for (let turn = 1; turn <= ROUNDS; turn += 1) {
    const total = 1 + luck.below(PHONES - 1);
    world.officer = (await logIn(servers[0])).cookie;
    const { json: more } = await must(servers[0], "POST", `/benefit-offers/${offered}/rounds`, { cookie: world.officer, body: round(total) });
    const id = more.rounds.map((one) => one.id).sort((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1))[0];
    const asking = phones.map(async (rider) => {
      await sleep(luck.below(60));
      // Who sends twice at once under one key is one who asks once.
      const key = `rush-${SEED}-${turn}-${rider.n}`;
      const calls = Array.from({ length: rider.n % 5 === 0 ? 2 : 1 }, () => ask(() => luck.pick(servers), rider, id, key));
      return { rider, told: await Promise.all(calls) };
    });
    await sleep(luck.below(LONGEST_MS));
    const victim = luck.pick(servers);
    await victim.kill();
    tally.killed += 1;
    await victim.start();
    const answers = await Promise.all(asking);
    const vouchers = new Map();
    for (const { rider, told } of answers) {
      tally.again += told.filter((one) => one.tries > 1).length;
      const got = told.filter((one) => one.status === 201).map((one) => one.json.voucher_id);
      assert.ok(new Set(got).size <= 1, `one each: ${JSON.stringify(told)}`);
      assert.ok(told.every((one) => one.status === 201 || one.json.code === "all_gone"), JSON.stringify(told));
      // Both calls of one key are answered alike.
      assert.ok(got.length === 0 || got.length === told.length, JSON.stringify(told));
      if (got.length > 0) vouchers.set(got[0], rider);
    }
    assert.equal(vouchers.size, total, `turn ${turn} of seed ${SEED}`);
    for (const [voucher, rider] of vouchers) {
      const { json } = await must(luck.pick(servers), "GET", `/me/vouchers/${voucher}`, { cookie: rider.cookie });
      assert.equal(json.state, "claimed");
    }
    const shown = (await must(luck.pick(servers), "GET", `/benefit-offers/${offered}`, { cookie: world.officer })).json;
    const counted = shown.rounds.find((one) => one.id === id);
    assert.deepEqual([counted.given, counted.total], [total, total], `turn ${turn} of seed ${SEED}`);
    tally.given += total;
  }
  const { json: list } = await must(servers[0], "GET", `/benefit-offers/${offered}/claims?limit=1`, { cookie: world.officer });
  assert.equal(list.total, tally.given);
  for (const server of servers) await server.stop();
  house.must("verify");
  gateway.close();
  house.remove();
  console.log(
    `${kind}, ${number} process${number > 1 ? "es" : ""}, seed ${SEED}: killed ${tally.killed} times in a rush of ${PHONES} phones; ` +
      `${tally.given} pieces given, ${tally.again} calls sent again. None too many, none lost, one each; verify clean.`,
  );
}

for (const kind of DATABASES) await play(kind, 1);
if (DATABASES.includes("PostgreSQL")) await play("PostgreSQL", 2);

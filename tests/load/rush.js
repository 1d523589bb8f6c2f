// A rush for a benefit: all phones ask within a few seconds of the opening for fewer pieces than they are. One in twenty calls
// breaks off and is sent again, one in twenty is sent twice at once. Who comes too late is told so fast.
//   PHONES=2000 PIECES=1600 SECONDS=5 KIND=SQLite node rush.js
import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import { chance } from "../faults/chance.js";
import { Gateway } from "../faults/gateway.js";
import { House, sleep } from "../faults/house.js";
import { offer, riders, round } from "../faults/offers.js";
import { found, must } from "../faults/world.js";

const PHONES = Number(process.env.PHONES ?? 2_000);
const PIECES = Number(process.env.PIECES ?? Math.floor(PHONES * 0.8));
const SECONDS = Number(process.env.SECONDS ?? 5);
const KIND = process.env.KIND ?? "SQLite";
const SEED = Number(process.env.SEED ?? 2026);
const BROKEN = 0.05;
const TWICE = 0.05;

const luck = chance(SEED);
const gateway = await new Gateway().open();
const house = new House(KIND, { gateway });
const world = await found(house);
const phones = await riders(world, gateway, PHONES);
const { id: offered } = await offer(world);
const officer = { cookie: world.officer };
const { json: more } = await must(world.process, "POST", `/benefit-offers/${offered}/rounds`, { ...officer, body: round(PIECES) });
const { id } = more.rounds.find((one) => one.total === PIECES);
const { port } = new URL(world.process.url);
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const times = { given: [], late: [] };
const tally = { broken: 0, twice: 0 };

/** One call; `breaks` tears the connection after so many milliseconds. */
const once = (rider, breaks) =>
  new Promise((resolve, reject) => {
    const address = `10.2.${rider.n >> 8}.${rider.n & 255}`;
    const headers = {
      ...{ "x-niangjia": "web", "x-forwarded-for": address },
      ...{ cookie: rider.cookie, "idempotency-key": `load-rush-${rider.n}` },
    };
    const path = `/api/v1/me/benefit-rounds/${id}/claim`;
    const sent = request({ host: "127.0.0.1", port, method: "POST", path, headers, agent }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode, json: JSON.parse(Buffer.concat(chunks).toString()) }));
    });
    sent.on("error", reject);
    sent.setTimeout(60_000, () => sent.destroy(new Error("no answer within a minute")));
    if (breaks !== undefined) setTimeout(() => sent.destroy(new Error("broken off")), breaks);
    sent.end();
  });

async function rush(rider) {
  await sleep(luck.draw() * SECONDS * 1000);
  if (luck.draw() < BROKEN) {
    tally.broken += 1;
    await once(rider, luck.below(25)).catch(() => undefined);
  }
  const began = performance.now();
  const calls = luck.draw() < TWICE ? [once(rider), once(rider)] : [once(rider)];
  tally.twice += calls.length - 1;
  const told = await Promise.all(calls);
  times[told[0].status === 201 ? "given" : "late"].push(performance.now() - began);
  assert.ok(told.every((one) => one.status === 201 || one.json.code === "all_gone"), JSON.stringify(told));
  return told.filter((one) => one.status === 201).map((one) => one.json.voucher_id);
}

const answers = await Promise.all(phones.map(rush));
assert.ok(answers.every((own) => new Set(own).size <= 1), "one each");
const vouchers = new Set(answers.flat());
const { json: shown } = await must(world.process, "GET", `/benefit-offers/${offered}`, officer);
const counted = shown.rounds.find((one) => one.id === id);
console.log(`${KIND}, seed ${SEED}: ${PHONES} phones, ${PIECES} pieces, ${SECONDS} s; ${tally.broken} calls broken off, ${tally.twice} sent twice at once`);
console.log("        phones      p50      p99      max  (ms)");
const at = (sorted, share) => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)}`.padStart(8);
for (const [name, list] of Object.entries(times)) {
  const sorted = list.sort((a, b) => a - b);
  console.log(`${name.padEnd(6)} ${String(sorted.length).padStart(7)} ${at(sorted, 0.5)} ${at(sorted, 0.99)} ${at(sorted, 0.999999)}`);
}
console.log(`vouchers ${vouchers.size}, the round counts ${counted.given} of ${counted.total}`);
assert.deepEqual([vouchers.size, counted.given], [Math.min(PIECES, PHONES), Math.min(PIECES, PHONES)]);
agent.destroy();
await world.process.stop();
house.must("verify");
console.log("verify clean");
gateway.close();
house.remove();
process.exit(0);

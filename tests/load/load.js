// Two thousand phones at an event: each opens the page, asks for a code, types, joins, and looks at its card and records until
// the end. One in twenty requests is sent again though it was answered, one in twenty breaks off and is sent again.
//   PHONES=2000 SECONDS=600 KIND=SQLite node load.js
import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import { chance, person } from "../faults/chance.js";
import { Gateway } from "../faults/gateway.js";
import { House, sleep } from "../faults/house.js";
import { found, logIn, must, stand } from "../faults/world.js";

const PHONES = Number(process.env.PHONES ?? 2_000);
const SECONDS = Number(process.env.SECONDS ?? 600);
const KIND = process.env.KIND ?? "SQLite";
const SEED = Number(process.env.SEED ?? 2026);
const BROKEN = 0.05;
const AGAIN = 0.05;

const luck = chance(SEED);
const gateway = await new Gateway().open();
const house = new House(KIND, { gateway });
const world = await found(house);
const { port } = new URL(world.process.url);
const times = {};
const errors = {};
const tally = { broken: 0, again: 0, joined: 0 };
const cards = new Set();
const ends = Date.now() + SECONDS * 1000;

/** One request on a phone's own connections. `breaks` tears the connection after so many milliseconds. */
const once = (phone, method, path, { body, key, breaks } = {}) =>
  new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = { "x-niangjia": "web", "x-forwarded-for": phone.address };
    if (key) headers["idempotency-key"] = key;
    if (phone.cookie) headers.cookie = phone.cookie;
    if (text) Object.assign(headers, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
    const sent = request({ host: "127.0.0.1", port, method, path: `/api/v1${path}`, headers, agent: phone.agent }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        phone.cookie = answer.headers["set-cookie"]?.[0].split(";")[0] ?? phone.cookie;
        const told = Buffer.concat(chunks).toString();
        resolve({ status: answer.statusCode, told });
      });
    });
    sent.on("error", reject);
    sent.setTimeout(60_000, () => sent.destroy(new Error("no answer within a minute")));
    if (breaks !== undefined) setTimeout(() => sent.destroy(new Error("broken off")), breaks);
    sent.end(text);
  });

/** A request as the worker's page sends it: again under the same key if nothing came back. */
async function ask(phone, name, method, path, sending = {}) {
  if (luck.draw() < BROKEN) {
    tally.broken += 1;
    const whole = await once(phone, method, path, { ...sending, breaks: luck.below(25) }).catch(() => undefined);
    if (whole?.status === 200 && method === "GET") return whole.told;
    await sleep(300 + luck.below(700));
  }
  for (let tries = 0; ; tries += 1) {
    const began = performance.now();
    const told = await once(phone, method, path, sending).catch((error) => ({ status: error.message }));
    (times[name] ??= []).push(performance.now() - began);
    if (told.status < 300) {
      if (luck.draw() < AGAIN) {
        tally.again += 1;
        const again = await once(phone, method, path, sending);
        if (sending.key) assert.deepEqual([again.status, again.told], [told.status, told.told], `${name} sent again`);
      }
      return told.told;
    }
    const error = `${name}: ${told.status} ${told.told ?? ""}`;
    errors[error] = (errors[error] ?? 0) + 1;
    if (tries === 3) throw new Error(error);
    await sleep(1000);
  }
}

async function worker(n) {
  const who = person(n);
  const phone = { agent: new Agent({ keepAlive: true, maxSockets: 2 }), address: `10.3.0.${n % 3}` };
  const arrives = luck.draw() * SECONDS * 800;
  await sleep(arrives);
  const path = `/public/events/${world.event.code}`;
  await ask(phone, "page", "GET", path);
  await sleep(luck.below(SECONDS * 10));
  await ask(phone, "code", "POST", `${path}/code`, { body: { phone: who.phone }, key: `load-code-${n}` });
  const code = await gateway.last(who.phone, 30);
  assert.ok(code, "a code came");
  await sleep(luck.below(SECONDS * 20));
  const body = {
    phone: who.phone,
    code,
    name: who.name,
    document_kind: "citizen_number",
    document_number: who.number,
    group: "delivery_rider",
    consent_version: world.consent,
  };
  const joined = JSON.parse(await ask(phone, "join", "POST", `${path}/join`, { body, key: `load-join-${n}` }));
  assert.deepEqual([joined.state, joined.already], ["normal", false]);
  cards.add(joined.card_number);
  tally.joined += 1;
  for (const [name, look] of [["me", "/me"], ["card", "/me/card"]]) await ask(phone, name, "GET", look);
  while (Date.now() < ends) {
    await sleep(Math.min(SECONDS * 25 + luck.below(SECONDS * 50), Math.max(ends - Date.now(), 0)));
    if (Date.now() < ends) await ask(phone, "records", "GET", luck.pick(["/me/records", "/me/union", "/me"]));
  }
  phone.agent.destroy();
}

/** The wall and the officer beside it, for as long as it goes on. */
async function wall() {
  while (Date.now() < ends) {
    const began = performance.now();
    await must(world.process, "GET", `/events/${world.event.id}`, { cookie: world.officer });
    (times.officer ??= []).push(performance.now() - began);
    await sleep(2000);
  }
}

const at = (sorted, share) => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)}`.padStart(8);

const failures = [];
const all = Array.from({ length: PHONES }, (_, n) => worker(n).catch((error) => failures.push(String(error))));
await Promise.all([...all, wall().catch((error) => failures.push(String(error)))]);

world.officer = (await logIn(world.process)).cookie;
const stands = await stand(world, world.process);
const memory = (await fetch(`${world.process.url}/metrics`)).ok && (await import("node:fs")).readFileSync(`/proc/${world.process.child.pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)?.[1];
console.log(`${KIND}, seed ${SEED}: ${PHONES} phones in ${SECONDS} s; ${tally.broken} requests broken off, ${tally.again} sent again`);
console.log("          requests      p50      p99      max  (ms)");
for (const [name, list] of Object.entries(times)) {
  const sorted = list.sort((a, b) => a - b);
  console.log(`${name.padEnd(8)} ${String(sorted.length).padStart(9)} ${at(sorted, 0.5)} ${at(sorted, 0.99)} ${at(sorted, 0.999999)}`);
}
console.log(`joined ${tally.joined}, cards ${cards.size}, the event counts ${stands.joined}, members ${stands.riders}, the ledger ${stands.counted}`);
console.log(`errors ${JSON.stringify(errors)}; the server's most memory ${Math.round(memory / 1024)} MB`);
await world.process.stop();
house.must("verify");
console.log("verify clean");
gateway.close();
house.remove();
assert.deepEqual(failures, []);
const one = { joined: PHONES, cards: PHONES, event: PHONES, members: PHONES, counted: PHONES };
assert.deepEqual({ joined: tally.joined, cards: cards.size, event: stands.joined, members: stands.riders, counted: stands.counted }, one);
process.exit(0);

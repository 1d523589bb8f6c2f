// The program's memory while a million members go into a file: at rest, while the job writes the file, while it is fetched.
// The system keeps the most that a process ever had in memory; it is told to begin anew before each part.
//   ROWS=1000000 KIND=SQLite node memory.js
import assert from "node:assert/strict";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { person } from "../faults/chance.js";
import { House, sleep, until } from "../faults/house.js";
import { PASSWORD, found, logIn, must } from "../faults/world.js";

const ROWS = Number(process.env.ROWS ?? 1_000_000);
const KIND = process.env.KIND ?? "SQLite";

const house = new House(KIND);
const world = await found(house);
const server = world.process;

/** Resident now and at the most since it was begun anew, in MB. */
function memory() {
  const status = readFileSync(`/proc/${server.child.pid}/status`, "utf8");
  const of = (name) => Math.round(Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024);
  return { now: of("VmRSS"), most: of("VmHWM") };
}

const beginAnew = () => writeFileSync(`/proc/${server.child.pid}/clear_refs`, "5");

/** An officer who may decide on exports: nobody decides on his own. */
async function leader(given) {
  const enter = async (username, old) =>
    (await must(server, "POST", "/session/expired-password", { body: { username, old, new: PASSWORD } })).cookie;
  const cookie = await enter("security", given);
  const roles = (await must(server, "GET", "/roles", { cookie })).json.items;
  const grants = [{ role_id: roles.find((role) => role.name === "只读领导").id, organisation_id: world.county }];
  const first = "First-2026-niang";
  await must(server, "POST", "/accounts", { cookie, body: { username: "leader", name: "领导", password: first, grants } });
  return enter("leader", first);
}

/** The members, enrolled from a roster on the command line while no server runs; answers a password for the security officer. */
async function enrol() {
  const file = join(house.dir, "花名册.csv");
  const roster = createWriteStream(file);
  roster.write("姓名,证件号码,手机号码\n");
  for (let n = 0; n < ROWS; n += 1) {
    const who = person(n);
    if (!roster.write(`${who.name},${who.number},${who.phone}\n`)) await once(roster, "drain");
  }
  roster.end();
  await once(roster, "finish");
  await server.stop();
  house.must("import", "members", file, "--org", "150222N");
  const [given] = house.must("password", "security").split("\n");
  await server.start();
  return given.trim();
}

const decides = await leader(await enrol());
const { cookie } = await logIn(server);
const asks = { cookie };
// Until what a start does in the background is done.
await sleep(30_000);
beginAnew();
const rest = memory();

const body = { organisation_id: world.county, filter: {}, format: "csv", reason: "核对会员名册" };
const { json: asked } = await must(server, "POST", "/members/exports", { ...asks, body });
assert.deepEqual([asked.rows, asked.state], [ROWS, "waiting"]);
beginAnew();
const began = Date.now();
await must(server, "POST", `/exports/${asked.id}/approve`, { cookie: decides });
let tenth;
const done = await until(
  async () => {
    const { json } = await must(server, "GET", `/exports/${asked.id}`, asks);
    if (json.done * 10 >= ROWS) tenth ??= memory().most;
    assert.ok(["queued", "running", "done"].includes(json.state), json.state);
    return json.state === "done" && json;
  },
  "the file is written",
  3_600,
);
const writing = { ...memory(), seconds: (Date.now() - began) / 1000 };
assert.equal(done.rows, ROWS);

beginAnew();
const told = await fetch(`${server.url}/api/v1/exports/${asked.id}/file`, { headers: { cookie, "x-niangjia": "web" } });
assert.equal(told.status, 200);
let [bytes, lines] = [0, 0];
for await (const piece of told.body) {
  bytes += piece.length;
  for (const sign of piece) if (sign === 10) lines += 1;
}
const fetching = memory();
assert.ok(lines >= ROWS, `${lines} lines`);

const mb = (size) => `${(size / 1_048_576).toFixed(0)} MB`;
console.log(`${KIND}: a file of ${ROWS} members, ${mb(bytes)}, written in ${writing.seconds.toFixed(0)} s`);
console.log(`resident at rest ${rest.now} MB; the most until a tenth was written ${tenth} MB, until all was ${writing.most} MB`);
console.log(`the most while it was fetched ${fetching.most} MB; afterwards ${fetching.now} MB`);
await server.stop();
house.remove();
process.exit(0);

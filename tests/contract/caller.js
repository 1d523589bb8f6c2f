// The cookie of one caller on a demo that stands as it was loaded: `node caller.js URL LOG NAME`. Who the demo has no log-in for
// is made first: a worker, who is master of a station of his own, and an officer of a banner.
import { readFileSync } from "node:fs";
import { person } from "../faults/chance.js";
import { sleep } from "../faults/house.js";
import { must } from "../faults/world.js";

const PASSWORD = "Niangjia-2026";
const [url, log, name] = process.argv.slice(2);

const get = async (cookie, path) => (await must(url, "GET", path, { cookie })).json;
const post = async (cookie, path, body) => (await must(url, "POST", path, { cookie, body })).json;
const logIn = async (username) => (await must(url, "POST", "/session", { body: { username, password: PASSWORD } })).cookie;

/** The union of a code. */
const union = async (cookie, code) => (await get(cookie, `/organisations?q=${code}&limit=1`)).items[0].id;

async function worker() {
  const officer = await logIn("baotou");
  const organisation_id = await union(officer, "150202");
  const who = person(1);
  const paper = { document_kind: "citizen_number", document_number: who.number };
  await post(officer, "/members", { name: who.name, ...paper, phone: who.phone, group: "delivery_rider", organisation_id });
  const station = await post(officer, "/stations", {
    code: "S-971",
    name: "东河骑手驿站",
    address: "东河区和平路71号",
    organisation_id,
    kind: "own",
    access: "everyone",
    position: { longitude: 110.05, latitude: 40.58 },
    area: 30,
    capacity: 20,
    hours: { week: Array(7).fill([{ opens: "08:00", closes: "20:00" }]) },
    items: ["microwave", "drinking_water"],
  });
  const found = await get(officer, `/people?q=${who.phone}`);
  await post(officer, `/stations/${station.id}/posts`, { person_id: found.items[0].id, role: "master" });
  await post(officer, `/stations/${station.id}/open`, {});
  await post(undefined, "/worker/code", { phone: who.phone });
  for (;;) {
    const code = readFileSync(log, "utf8").match(/验证码 (\d{6})/)?.[1];
    if (code) return (await must(url, "POST", "/worker/session", { body: { phone: who.phone, code } })).cookie;
    await sleep(50);
  }
}

async function county() {
  const security = await logIn("security");
  const role = (await get(security, "/roles")).items.find((one) => one.name === "业务干部");
  const grants = [{ role_id: role.id, organisation_id: await union(security, "150202") }];
  const given = "Donghe-2026-first";
  await post(security, "/accounts", { username: "donghe", name: "东河区总工会干部", password: given, grants });
  const body = { username: "donghe", old: given, new: "Donghe-2026-second" };
  return (await must(url, "POST", "/session/expired-password", { body })).cookie;
}

const cookie = { worker, county }[name]?.() ?? logIn(name);
console.log(await cookie);

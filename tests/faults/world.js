// A county's house on its first day: officers with passwords of their own, three unions, an event in progress.
import assert from "node:assert/strict";

export const PASSWORD = "Faults-2026-niang";

/** Sends once. What brings no answer throws; `at` is a process or its address. */
export async function send(at, method, path, { body, key, cookie, form, address, patience = 60_000 } = {}) {
  const headers = { "x-niangjia": "web", "x-forwarded-for": address ?? "10.0.0.1" };
  if (key) headers["idempotency-key"] = key;
  if (cookie) headers.cookie = cookie;
  if (body !== undefined) headers["content-type"] = "application/json";
  const signal = AbortSignal.timeout(patience);
  const sent = { method, headers, signal, body: form ?? (body === undefined ? undefined : JSON.stringify(body)) };
  const told = await fetch(`${at.url ?? at}/api/v1${path}`, sent);
  const text = await told.text();
  let json;
  try {
    json = text ? JSON.parse(text) : undefined;
  } catch {
    json = text;
  }
  return { status: told.status, json, headers: told.headers, cookie: told.headers.get("set-cookie")?.split(";")[0] };
}

/** Sends what must succeed. */
export async function must(at, method, path, sending) {
  const told = await send(at, method, path, sending);
  assert.ok(told.status < 300, `${method} ${path}: ${told.status} ${JSON.stringify(told.json)}`);
  return told;
}

/** Founds a house and starts its first process. */
export async function found(house) {
  const told = house.must("init", "--name", "固阳县总工会", "--code", "150222");
  const given = Object.fromEntries(told.split("\n").map((line) => line.trim().split(/\s+/).slice(0, 2)));
  const process = await house.start();
  const enter = async (username) => {
    const body = { username, old: given[username], new: PASSWORD };
    return (await must(process, "POST", "/session/expired-password", { body })).cookie;
  };
  const [system, officer] = [await enter("system"), await enter("officer")];
  const session = await must(process, "GET", "/session", { cookie: officer });
  const county = session.json.organisations[0].id;
  const union = async (code, name) => {
    const form = { parent_id: county, level: "grassroots", code, name, kind: "joint_union" };
    return (await must(process, "POST", "/organisations", { cookie: system, body: form })).json.id;
  };
  const unions = {
    riders: await union("150222R", "骑手联合工会"),
    desk: await union("150222D", "快递员联合工会"),
    roster: await union("150222N", "名册联合工会"),
  };
  const now = Date.now();
  const event = await must(process, "POST", "/events", {
    cookie: officer,
    body: {
      organisation_id: county,
      title: "骑手集中入会",
      place: "工人文化宫",
      starts_at: new Date(now - 36e5).toISOString(),
      ends_at: new Date(now + 24 * 36e5).toISOString(),
      unions: [unions.riders],
      gifts: [{ kind: "kit", name: "暖心礼包" }],
      kits_total: 100_000,
      approves_at_once: true,
    },
  });
  const seen = await must(process, "GET", `/public/events/${event.json.code}`);
  return { house, process, county, unions, officer, system, event: event.json, consent: seen.json.consent.version };
}

/** Logs the officer in again; his log-in is gone when he did nothing for a quarter of an hour. */
export async function logIn(at, username = "officer", password = PASSWORD, address = undefined) {
  return send(at, "POST", "/session", { body: { username, password }, address });
}

const today = () => new Date(Date.now() + 8 * 36e5).toISOString().slice(0, 10);

/** How things stand, asked of one process; counted since the year's beginning, or since the year in which an older world was made. */
export async function stand(world, at) {
  const ask = async (path) => (await must(at, "GET", path, { cookie: world.officer })).json;
  const year = today().slice(0, 4);
  const figures = async (organisation, kind) => {
    const query = `organisation=${organisation}&kinds=${kind}&from=${world.since ?? year}-01-01&to=${today()}`;
    return (await ask(`/figures?${query}`)).items[0];
  };
  const members = async (union) => (await ask(`/members?organisation=${union}&state=normal&limit=1`)).total;
  const services = await figures(world.county, "love_meal");
  return {
    joined: (await ask(`/events/${world.event.id}`)).counts.joined,
    riders: await members(world.unions.riders),
    desk: await members(world.unions.desk),
    roster: await members(world.unions.roster),
    waiting: (await ask(`/members?organisation=${world.unions.desk}&state=applied&limit=1`)).total,
    counted: (await figures(world.county, "member_joined"))?.people ?? 0,
    meals: services?.items ?? 0,
    records: (await ask(`/facts?organisation=${world.county}&kinds=love_meal&limit=1`)).total,
  };
}

export { today };

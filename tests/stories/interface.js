// What stories set up over the interface before anybody opens a page.
import assert from "node:assert/strict";
import { YEAR } from "./today.js";

/** What the interface tells whoever holds a page. */
export const get = async (program, page, path) => (await page.request.get(`${program.url}/api/v1${path}`)).json();

/** Sends something as whoever holds a page; a refusal ends the story. */
export async function post(program, page, path, data) {
  const answer = await page.request.post(`${program.url}/api/v1${path}`, { data, headers: { "x-niangjia": "web" } });
  assert.ok(answer.ok(), `${path}: ${await answer.text()}`);
  return answer.json();
}

/** Loads this year's and the next one's days off where they are not known yet, as who keeps the rules. */
export async function loadDaysOff(program, keeper) {
  for (const year of [YEAR, YEAR + 1]) {
    const address = `${program.url}/api/v1/calendar/${year}`;
    const answer = await keeper.request.get(address);
    if ((await answer.json()).loaded) continue;
    const days = Array.from({ length: 11 }, (_, at) => ({ day: `${year}-10-${`${at + 1}`.padStart(2, "0")}`, is_off: true, name: "国庆节" }));
    const headers = { "x-niangjia": "web", "if-match": answer.headers().etag };
    const saved = await keeper.request.put(address, { data: { days }, headers });
    assert.ok(saved.ok(), await saved.text());
  }
}

/** Makes riders members in a county, Donghe unless another is named by its code; answers the place. */
export async function enrol(program, page, riders, county = "150202") {
  const [place] = (await get(program, page, `/organisations?q=${county}&limit=1`)).items;
  for (const who of riders) {
    await post(program, page, "/members", {
      name: who.name,
      document_kind: "citizen_number",
      document_number: who.number,
      phone: who.phone,
      group: "delivery_rider",
      organisation_id: place.id,
    });
  }
  return place;
}

/** Opens a station in Donghe, usual but for what is named, with a master, who becomes a member with the other riders. */
export async function openStation(program, page, named, [master, ...riders]) {
  const place = await enrol(program, page, [master, ...riders]);
  const station = await post(program, page, "/stations", {
    organisation_id: place.id,
    kind: "own",
    access: "everyone",
    position: { longitude: 110.05, latitude: 40.58 },
    area: 30,
    capacity: 20,
    hours: { week: Array(7).fill([{ opens: "08:00", closes: "20:00" }]) },
    items: ["microwave", "drinking_water"],
    ...named,
  });
  const found = await get(program, page, `/people?q=${master.phone}`);
  await post(program, page, `/stations/${station.id}/posts`, { person_id: found.items[0].id, role: "master" });
  await post(program, page, `/stations/${station.id}/open`, {});
  return station;
}

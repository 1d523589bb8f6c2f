// An offer of meals and riders who want one, as an officer and phones make them.
import { person } from "./chance.js";
import { must, today } from "./world.js";

/** So many riders who joined, each with his phone's cookie. */
export async function riders(world, gateway, phones) {
  const path = `/public/events/${world.event.code}`;
  const join = async (n) => {
    const who = person(n);
    const address = `10.2.${n >> 8}.${n & 255}`;
    await must(world.process, "POST", `${path}/code`, { body: { phone: who.phone }, address });
    const body = {
      ...{ phone: who.phone, name: who.name, document_kind: "citizen_number", document_number: who.number },
      ...{ code: await gateway.last(who.phone), group: "delivery_rider", organisation_id: world.unions.riders },
      consent_version: world.consent,
    };
    return { n, cookie: (await must(world.process, "POST", `${path}/join`, { body, address })).cookie };
  };
  const all = [];
  for (let n = 0; n < phones; n += 8) {
    all.push(...(await Promise.all(Array.from({ length: Math.min(8, phones - n) }, (_, k) => join(n + k)))));
  }
  return all;
}

/** An offer of meals with a first round that nobody asks for. */
export async function offer(world) {
  const officer = (path, body) => must(world.process, "POST", path, { body, cookie: world.officer });
  const place = { organisation_id: world.county, name: "红城驿站", kind: "station", active: true };
  const { json: partner } = await officer("/benefit-partners", place);
  const form = {
    ...{ organisation_id: world.county, kind: "meal", title: "爱心餐", unit_fen: 1500, places: [partner.id] },
    ...{ audience: { members_only: true }, redeem_from: today(), redeem_until: today() },
    rounds: [round(1)],
  };
  const { json: made } = await officer("/benefit-offers", form);
  return (await officer(`/benefit-offers/${made.id}/publish`, {})).json;
}

/** A round of so many pieces that is open for an hour. */
export const round = (total) => ({
  opens_at: new Date(Date.now() - 60_000).toISOString(),
  closes_at: new Date(Date.now() + 36e5).toISOString(),
  total,
});

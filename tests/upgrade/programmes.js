// A little of each programme that came after membership: a plan, benefits, a station; and how it stands, by what does not
// change from one day to the next.
import { person } from "../faults/chance.js";
import { riders } from "../faults/offers.js";
import { must, today } from "../faults/world.js";

/** Fills a house; answers what `figures` asks for. */
export async function fill(world, gateway) {
  const as = (cookie) => async (path, body) => (await must(world.process, "POST", path, { body, cookie })).json;
  const officer = as(world.officer);
  const asks = async (path) => (await must(world.process, "GET", path, { cookie: world.officer })).json;
  const [day, organisation_id] = [today(), world.county];

  const plan = await officer("/plans", {
    organisation_id,
    year: Number(day.slice(0, 4)),
    title: "工作要点",
    chapters: ["关心关爱"],
    measures: [{ title: "驿站服务", description: "" }],
    indicators: [
      { chapter: "关心关爱", measure: "驿站服务", name: "爱心餐", source: "ledger", kinds: ["love_meal"], counting: "items", unit: "份", target: 1000 },
      { chapter: "关心关爱", name: "制度建设", source: "manual", unit: "项", target: 10 },
    ],
    budget: [{ name: "爱心餐补贴", allotted_fen: 1_000_000, indicator: "爱心餐" }],
  });
  await officer(`/plans/${plan.id}/publish`, {});
  const byHand = plan.indicators.find((one) => one.source === "manual");
  await officer(`/indicators/${byHand.id}/values`, { organisation_id, value: 4, day, note: "会议纪要第四号" });
  const [line] = (await asks(`/plans/${plan.id}/budget`)).items;
  await officer(`/budget-lines/${line.id}/payments`, { organisation_id, amount_fen: 45_000, day, payee: "红城餐饮" });

  const station = await officer("/stations", {
    ...{ organisation_id, code: "S-1", name: "红城驿站", address: "红城街1号", kind: "own", access: "everyone", area: 30, capacity: 20 },
    ...{ position: { longitude: 110.05, latitude: 41.03 }, items: ["microwave", "drinking_water"] },
    hours: { week: Array(7).fill([{ opens: "00:00", closes: "24:00" }]) },
  });
  const phones = await riders(world, gateway, 6);
  const [master, ...others] = phones;
  const keeper = (await asks(`/people?q=${person(master.n).phone}`)).items[0].id;
  await officer(`/stations/${station.id}/posts`, { person_id: keeper, role: "master" });
  await officer(`/stations/${station.id}/open`, {});
  const duty = as(master.cookie);
  const said = (n) => `upgrade-${n}`;
  await duty(`/me/stations/${station.id}/entries`, { sent_as: said(1), quantity: 3, group: "delivery_rider" });
  for (const [n, rider] of others.entries()) {
    const { json } = await must(world.process, "GET", "/me/station-code", { cookie: rider.cookie });
    await duty(`/me/stations/${station.id}/entries`, { sent_as: said(10 + n), code: json.text });
  }
  await duty(`/me/stations/${station.id}/supplies`, { sent_as: said(2), kind: "goods", name: "方便面", unit: "桶", least: 5, quantity: 40 });
  const [adviser] = await asks(`/stations/${station.id}/desk-advisers`);
  const hours = { week: Array(7).fill([{ opens: "08:00", closes: "20:00" }]) };
  const desk = await officer("/station-desks", { station_id: station.id, kind: "legal", adviser_id: adviser.id, hours, minutes: 30 });

  const partner = await officer("/benefit-partners", { organisation_id, name: "红城驿站", kind: "station", active: true, site_id: station.id });
  const offer = await officer("/benefit-offers", {
    ...{ organisation_id, kind: "meal", title: "爱心餐", unit_fen: 1500, places: [partner.id], budget_line: line.name },
    ...{ redeem_from: day, redeem_until: day },
    rounds: [{ opens_at: new Date(Date.now() - 60_000), closes_at: new Date(Date.now() + 36e5), total: 4 }],
  });
  const { rounds } = await officer(`/benefit-offers/${offer.id}/publish`, {});
  for (const [n, rider] of others.slice(0, 4).entries()) {
    const { voucher_id } = await as(rider.cookie)(`/me/benefit-rounds/${rounds[0].id}/claim`, {});
    if (n === 3) continue;
    const { json } = await must(world.process, "GET", `/me/vouchers/${voucher_id}`, { cookie: rider.cookie });
    await duty("/me/redemptions", { partner_id: partner.id, code: json.code });
  }
  return { day, plan: plan.id, station: station.id, desk: desk.id, offer: offer.id };
}

/** How it stands, asked of one process. */
export async function figures(world, at) {
  const ask = async (path) => (await must(at, "GET", path, { cookie: world.officer })).json;
  const { day, plan, station, desk, offer } = world.filled;
  const board = await ask(`/plans/${plan}/board?organisation=${world.county}&on=${day}`);
  const { paid_fen, left_fen } = await ask(`/plans/${plan}/budget`);
  const { visits, services } = await ask(`/stations/use?organisation=${world.county}&from=${day}&to=${day}`);
  const entries = await ask(`/stations/${station}/entries?from=${day}&to=${day}`);
  const { posts, opened_on } = await ask(`/stations/${station}`);
  const { redeemed, total } = await ask(`/benefit-offers/${offer}`);
  return {
    plan: board.items.map(({ indicator, actual, target }) => ({ name: indicator.name, actual, target })),
    budget: { paid_fen, left_fen },
    station: { visits, services, entries: entries.total, posts: posts.length, opened_on, desk: (await ask(`/station-desks/${desk}`)).kind },
    benefit: { redeemed, total, claims: (await ask(`/benefit-offers/${offer}/claims`)).total },
  };
}

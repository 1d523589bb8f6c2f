// Whether a station must be open, as the page's address keeps it.

/** It need not be open, must be open now, or must stay so for the next half hour. */
export type Opening = "any" | "now" | "stays";

const KEPT: Record<Opening, string> = { any: "no", now: "", stays: "30" };

/** So many minutes one needs to get there and warm a meal. */
const STAYS = 30;

/** Reads it from the address: without a word there, stations that are open now are looked for. */
export const readOpening = (text: string | null): Opening =>
  text === KEPT.any ? "any" : text === KEPT.stays ? "stays" : "now";

/** The same as it stands in the address. */
export const writeOpening = (opening: Opening) => KEPT[opening];

/** What the server is asked for. */
export const asksFor = (opening: Opening) => ({
  open: opening === "any" ? undefined : true,
  open_for: opening === "stays" ? STAYS : undefined,
});

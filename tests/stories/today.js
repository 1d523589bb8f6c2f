// What day it is where the stories play: in Beijing, as the program has it.
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** This year. */
export const YEAR = Number(today.slice(0, 4));

/** Facts of this year, as the interface asks for them. */
export const THIS_YEAR = `from=${YEAR}-01-01&to=${YEAR}-12-31`;

/** The year of the quarter that ended last. */
export const ENDED = today.slice(5) < "04-01" ? YEAR - 1 : YEAR;

// What day it is where the stories play: in Beijing, as the program has it.
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** This year. */
export const YEAR = Number(today.slice(0, 4));

/** Facts of this year, as the interface asks for them. */
export const THIS_YEAR = `from=${YEAR}-01-01&to=${YEAR}-12-31`;

/** Which day of the year it is, the first being 1. */
export const DAY_OF_YEAR = 1 + (Date.parse(today) - Date.parse(`${YEAR}-01-01`)) / 86_400_000;

/** Whether last month was last year's. */
export const IS_JANUARY = today.slice(5, 7) === "01";

/** Whether a few working days from now may be next year. */
export const IS_ENDING = today.slice(5) > "12-15";

/** A day so many days from today. */
export const dayAfter = (days) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

/** Why what needs two half hours of today isn't played: after eleven at night no two are left. */
export const IS_LATE =
  new Date(Date.now() + 8 * 3_600_000).getUTCHours() >= 23 && "no two half hours of today are left to book";

/** The year of the quarter that ended last. */
export const ENDED = today.slice(5) < "04-01" ? YEAR - 1 : YEAR;

import dayjs, { type Dayjs } from "dayjs";

/** An instant of the server (always +08:00) as a picker shows it: Beijing's clock, whatever the computer's own is set to. */
export const shownAt = (instant: string): Dayjs => dayjs(instant.slice(0, 19));

/** What was picked by that clock, as the interface takes it. */
export const instantOf = (time: Dayjs): string => `${time.format("YYYY-MM-DDTHH:mm:ss")}+08:00`;

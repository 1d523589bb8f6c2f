// What the page of whoever is on duty needs so that he can write down what happens though it was opened without a network: his
// stations, and what there is to choose from there. Of other people it holds nothing, and no count, which would be an old one.
import type { DutyDay, MyStation, StationRound } from "../../client/types";
import { keptValue, store } from "../../shared/store";

/** What can be written down at a station without asking the server. */
export interface Choices extends Pick<DutyDay, "service_choices" | "groups" | "checks"> {
  station: Pick<MyStation, "id" | "name">;
  /** Which looks round were made when, so that the next one is offered. */
  rounds: Pick<StationRound, "kind" | "day">[];
}

interface Remembered {
  /** Who is on duty, by his key. */
  by: string;
  stations: Choices[];
}

const PLACE = "niangjia/duty";

/** What this phone knows of the duty of whoever used it last. */
export const remembered = () => keptValue(PLACE) as Remembered | undefined;

/** Keeps what a day tells, as far as it is needed again. */
export function remember(by: string, { station: { id, name }, service_choices, groups, checks, rounds }: DutyDay) {
  const made = rounds.map(({ kind, day }) => ({ kind, day }));
  const own: Choices = { station: { id, name }, service_choices, groups, checks, rounds: made };
  const before = remembered();
  // Another's duty is not his.
  const others = before?.by === by ? before.stations.filter((one) => one.station.id !== id) : [];
  save({ by, stations: [...others, own] });
}

/** Leaves out where nobody is on duty any more. */
export function stayAt(stations: readonly string[]) {
  const before = remembered();
  if (!before) return;
  const left = before.stations.filter((one) => stations.includes(one.station.id));
  if (left.length === 0) forgetDuty();
  else if (left.length < before.stations.length) save({ ...before, stations: left });
}

/** Whoever logs in or out, it is not the one before any more. */
export function forgetDuty() {
  store(PLACE, undefined);
}

function save(all: Remembered) {
  // Without room for it the page needs a network to open.
  store(PLACE, JSON.stringify(all));
}

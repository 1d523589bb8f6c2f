// What a station master writes down is kept on the phone first and sent then: without a network it waits here, and its own
// name makes that it arrives once however often it is sent.
import { newKey, Problem, post } from "../../client/http";
import type { NewEntry, NewRound, NewStationIncident, StationTaking } from "../../client/types";

/** Something written down that the server may not know of yet. */
export type Kept = (
  | { to: "entries"; label: string; body: NewEntry }
  | { to: "rounds"; label: string; body: NewRound }
  | { to: "incidents"; label: string; body: NewStationIncident }
  | { to: "takings"; label: string; body: StationTaking }
) & {
  /** Whose it is, by his key: a log-in may end before it is sent, and the next on this phone is somebody else. */
  by?: string;
};

/** What the server said to something that it did not take. */
export interface Unsettled {
  kept: Kept;
  message: string;
}

const PLACE = "niangjia/station/";
const place = (station: string) => PLACE + station;

/** What waits on this phone, the oldest first. */
export function waiting(station: string): Kept[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(place(station)) ?? "[]");
    return Array.isArray(found) ? (found as Kept[]) : [];
  } catch {
    return [];
  }
}

/** Of what waits here what one person wrote down, which he alone sends. */
export const own = (station: string, by: string): Kept[] =>
  waiting(station).filter((one) => one.by === undefined || one.by === by);

/** What waits on this phone for whichever station. */
export function unsent(): Kept[] {
  return stations().flatMap((station) => waiting(station));
}

/** Removes all that waits: whoever logs out leaves nothing behind on the phone. */
export function forget() {
  for (const station of stations()) save(station, []);
}

function stations(): string[] {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PLACE));
    return keys.map((key) => key.slice(PLACE.length));
  } catch {
    return [];
  }
}

function save(station: string, all: Kept[]) {
  if (all.length === 0) localStorage.removeItem(place(station));
  else localStorage.setItem(place(station), JSON.stringify(all));
}

type Body<K extends Kept["to"]> = Omit<Extract<Kept, { to: K }>["body"], "sent_as" | "happened_at">;

/** Writes something down at a station, to be sent as soon as there is a network. */
export type Keep = <K extends Kept["to"]>(to: K, label: string, body: Body<K>) => void;

/** Keeps something of now, with the name under which it is sent. */
export function keep<K extends Kept["to"]>(station: string, by: string, to: K, label: string, body: Body<K>) {
  const named = { ...body, sent_as: newKey(), happened_at: new Date().toISOString() };
  save(station, [...waiting(station), { to, label, body: named, by } as Kept]);
}

/** What became of sending. */
export interface Sent {
  /** How many arrived. */
  arrived: number;
  /** What was counted before: the same person within the hour. */
  before: string[];
  unsettled: Unsettled[];
  /** Whether the log-in has run out; what is kept stays. */
  stranger: boolean;
}

/** Sends what somebody keeps here, in its order, until the server doesn't judge one. */
export async function send(station: string, by: string, patience = 8_000): Promise<Sent> {
  const sent: Sent = { arrived: 0, before: [], unsettled: [], stranger: false };
  for (const kept of own(station, by)) {
    try {
      const key = kept.body.sent_as;
      const answer = await post<{ counted_before?: boolean; entry?: { name?: string | null } }>(
        `/me/stations/${station}/${kept.to}`,
        kept.body,
        { key, waits: [], patience },
      );
      sent.arrived += 1;
      if (answer?.counted_before) sent.before.push(answer.entry?.name ?? kept.label);
    } catch (error) {
      if (!(error instanceof Problem)) return sent;
      if (error.code !== "unknown" && [401, 403].includes(error.status)) return { ...sent, stranger: true };
      // A fault of the server's in one holds up nothing behind it.
      if (error.status === 500) continue;
      if (!error.isFinal) return sent;
      // Whoever has no post there any more still has what he wrote down, until he has one again or logs out.
      if (error.status === 404) continue;
      sent.unsettled.push({ kept, message: error.message });
    }
    const name = kept.body.sent_as;
    save(
      station,
      waiting(station).filter((other) => other.body.sent_as !== name),
    );
  }
  return sent;
}

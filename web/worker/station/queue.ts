// What a station master writes down is kept on the phone first and sent then: without a network it waits here, and its own
// name makes that it arrives once however often it is sent.
import { timeNow } from "../../client/clock";
import { newKey, Problem, post } from "../../client/http";
import type {
  NewAttendance,
  NewEntry,
  NewRound,
  NewStationIncident,
  StationIncidentCorrection,
  StationReceipt,
  StationRoundCorrection,
  StationTaking,
} from "../../client/types";
import { keptRows } from "../../shared/kept-rows";

/** Something written down that the server may not know of yet. */
export type Kept =
  // A person comes to an activity once, so that it needs no name there.
  (
    | { to: "attendances"; label: string; body: NewAttendance & { sent_as: string } }
    | { to: "entries"; label: string; body: NewEntry }
    | { to: "rounds"; label: string; body: NewRound }
    | { to: "round-corrections"; label: string; body: StationRoundCorrection }
    | { to: "incidents"; label: string; body: NewStationIncident }
    | { to: "incident-corrections"; label: string; body: StationIncidentCorrection }
    | { to: "supplies"; label: string; body: StationReceipt }
    | { to: "takings"; label: string; body: StationTaking }
  ) & {
    /** Whose it is, by his key: a log-in may end before it is sent, and the next on this phone is somebody else. */
    by?: string;
    /** Why the server did not take it. */
    refused?: string;
  };

const { all, save, isUnstored, names } = keptRows<Kept>("niangjia/station/");

/** Whether what waits here is lost when the page is closed. */
export { isUnstored };

const isOf = (by: string) => (one: Kept) => one.by === undefined || one.by === by;

/** What waits on this phone, the oldest first. */
export const waiting = (station: string): Kept[] => all(station).filter((one) => one.refused === undefined);

/** Of what waits here what one person wrote down, which he alone sends. */
export const own = (station: string, by: string): Kept[] => waiting(station).filter(isOf(by));

/** What the server did not take of what one person wrote down, until he has read it. */
export const refused = (station: string, by: string): Kept[] =>
  all(station).filter((one) => one.refused !== undefined && isOf(by)(one));

/** He has read what was not taken. */
export function settle(station: string, by: string) {
  save(
    station,
    all(station).filter((one) => one.refused === undefined || !isOf(by)(one)),
  );
}

/** What one person wrote down at whichever station and has not sent. */
export const unsent = (by: string): Kept[] => names().flatMap((station) => own(station, by));

/** Removes what one person wrote down: whoever logs out leaves nothing of his behind on the phone, and takes nobody else's. */
export function forget(by: string) {
  for (const station of names()) {
    save(
      station,
      all(station).filter((one) => !isOf(by)(one)),
    );
  }
}

/** What is written down, but for its name and its time. */
export type Body<K extends Kept["to"]> = Omit<Extract<Kept, { to: K }>["body"], "sent_as" | "happened_at">;

/** Writes something down at a station, to be sent as soon as there is a network. */
export type Keep = <K extends Kept["to"]>(to: K, label: string, body: Body<K>) => void;

/** Keeps something of now, with the name under which it is sent. */
export function keep<K extends Kept["to"]>(station: string, by: string, to: K, label: string, body: Body<K>) {
  const named = { ...body, sent_as: newKey(), happened_at: new Date(timeNow()).toISOString() };
  save(station, [...all(station), { to, label, body: named, by } as Kept]);
}

interface Answer {
  counted_before?: boolean;
  name?: string;
  entry?: { name?: string | null };
}

/** What became of sending. */
export interface Sent {
  /** What arrived. */
  arrived: Kept[];
  /** Who came, masked, or what it was, as the server answers it. */
  names: string[];
  /** What was counted before: the same person within the hour, or at the same activity. */
  before: string[];
  /** Whether the log-in has run out; what is kept stays. */
  stranger: boolean;
}

/** Sends what somebody keeps here, in its order, until the server doesn't judge one. */
export async function send(station: string, by: string, patience = 8_000): Promise<Sent> {
  const sent: Sent = { arrived: [], names: [], before: [], stranger: false };
  for (const kept of own(station, by)) {
    const key = kept.body.sent_as;
    const isIt = (other: Kept) => other.body.sent_as === key;
    // Another page of this phone may have sent it meanwhile, or its writer logged out.
    if (!own(station, by).some(isIt)) continue;
    // What it corrects may not have arrived, for a fault of the server's or a post that is over.
    const corrected = "corrects" in kept.body ? kept.body.corrects : undefined;
    if (own(station, by).some((other) => other.body.sent_as === corrected)) continue;
    try {
      const answer = await post<Answer>(`/me/stations/${station}/${kept.to}`, kept.body, { key, waits: [], patience });
      sent.arrived.push(kept);
      save(
        station,
        all(station).filter((other) => !isIt(other)),
      );
      // Of what came into the cupboard or was taken, the server's name tells neither which nor how much.
      const name = answer?.entry?.name ?? ((kept.to === "attendances" && answer?.name) || kept.label);
      (answer?.counted_before ? sent.before : sent.names).push(name);
    } catch (error) {
      if (!(error instanceof Problem)) return sent;
      if (error.code !== "unknown" && [401, 403].includes(error.status)) return { ...sent, stranger: true };
      // A fault of the server's in one holds up nothing behind it.
      if (error.status === 500) continue;
      if (!error.isFinal) return sent;
      // Whoever has no post there any more still has what he wrote down, until he has one again or logs out.
      if (error.status === 404) continue;
      save(
        station,
        all(station).map((other) => (isIt(other) ? { ...other, refused: error.message } : other)),
      );
    }
  }
  return sent;
}

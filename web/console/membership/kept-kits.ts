// Kits that were handed over while the device was offline: kept on it, and sent when the network is back.
import { timeNow } from "../../client/clock";
import { newKey, Problem, post } from "../../client/http";
import { keptRows } from "../../shared/kept-rows";

/** A hand-over that nobody but this device knows of yet. */
export interface KeptKit {
  /** The Idempotency-Key of the first try, which may have reached the server. */
  key: string;
  gate: string;
  code: string;
  given_at: string;
}

/** A hand-over at a table. */
export interface Given {
  gate: string;
  given_at: string;
}

/** What the server said to a kept hand-over that it did not take. */
export interface Unsettled {
  kit: KeptKit;
  message: string;
  /** For a second kit: both hand-overs. */
  both?: { first: Given; second: Given };
}

const { all, save, isUnstored } = keptRows<KeptKit>("niangjia/kits/");

/** The hand-overs that wait on this device, and whether they would be gone with the page. */
export { all as kept, isUnstored };

/** Keeps a hand-over until the network is back. */
export function keep(event: string, kit: KeptKit) {
  save(event, [...all(event), kit]);
}

/** A hand-over of now, with the key under which it may be sent again. */
export const begun = (gate: string, code: string): KeptKit => ({
  key: newKey(),
  gate,
  code,
  given_at: new Date(timeNow()).toISOString(),
});

/** Whether nobody is there to take a hand-over: no network, or what stands before the server says that it is down. */
export const isOut = (error: unknown) => error instanceof Problem && (error.isLost || error.status >= 502);

/** Sends what is kept, in its order, until the server doesn't judge one. Answers what it did not take. */
export async function sendKept(event: string): Promise<Unsettled[]> {
  const unsettled: Unsettled[] = [];
  for (const kit of all(event)) {
    const body = { gate: kit.gate, code: kit.code, given_at: kit.given_at };
    try {
      await post(`/events/${event}/kits`, body, { key: kit.key, waits: [] });
    } catch (error) {
      if (!(error instanceof Problem)) return unsettled;
      // A fault of the server's in one holds up nothing behind it.
      if (error.status === 500) continue;
      if (!error.isFinal) return unsettled;
      const both = error.code === "kit_given" ? (error.extra as Unsettled["both"]) : undefined;
      unsettled.push({ kit, message: error.message, both });
    }
    save(
      event,
      all(event).filter((other) => other.key !== kit.key),
    );
  }
  return unsettled;
}

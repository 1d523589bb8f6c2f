/** Taps so near each other, in milliseconds, are one: cold hands tap twice. */
const TWICE = 800;

/** Tells a tap that only repeats the one before from one that is meant. */
export function tapOnce(now: () => number = Date.now) {
  let last = Number.NEGATIVE_INFINITY;
  return {
    /** Whether this tap repeats the one before. */
    repeats(): boolean {
      const at = now();
      if (at - last < TWICE) return true;
      last = at;
      return false;
    },
    /** Somebody changed something since: the next tap is meant. */
    changed() {
      last = Number.NEGATIVE_INFINITY;
    },
  };
}

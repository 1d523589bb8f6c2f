import { keptUnder, keptValue, store } from "./store";

/** Rows that wait on this device in lists, each with a name. What found no room is there as long as the page. */
export function keptRows<T>(start: string) {
  const unstored = new Map<string, T[]>();
  return {
    /** The rows of a list, the oldest first. */
    all(name: string): T[] {
      const found = unstored.get(name) ?? keptValue(start + name);
      return Array.isArray(found) ? (found as T[]) : [];
    },
    save(name: string, rows: T[]) {
      if (store(start + name, rows.length > 0 ? JSON.stringify(rows) : undefined)) unstored.delete(name);
      else unstored.set(name, rows);
    },
    /** Whether what waits would be gone with the page. */
    isUnstored: (name: string) => unstored.has(name),
    /** The names of all lists that have rows. */
    names: () => [...new Set([...keptUnder(start).map((key) => key.slice(start.length)), ...unstored.keys()])],
  };
}

// What a page keeps in its browser. A full store keeps nothing, a forbidden one says nothing, and neither takes a page away.

/** As long as the browser, or as long as the window. */
type Place = "localStorage" | "sessionStorage";

/** Keeps a text, or without one nothing any more; answers whether there was room. */
export function store(key: string, text: string | undefined, place: Place = "localStorage"): boolean {
  try {
    if (text === undefined) window[place].removeItem(key);
    else window[place].setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

/** The text that was kept. */
export function kept(key: string, place: Place = "localStorage"): string | null {
  try {
    return window[place].getItem(key);
  } catch {
    return null;
  }
}

/** What was kept as JSON; nothing where that can't be read. */
export function keptValue(key: string, place?: Place): unknown {
  try {
    return JSON.parse(kept(key, place) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** All keys that begin so, of what is kept as long as the browser. */
export function keptUnder(start: string): string[] {
  try {
    return Object.keys(window.localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}

/** Forgets all that is kept as long as the window. */
export function forgetWindow(): void {
  try {
    window.sessionStorage.clear();
  } catch {
    // What keeps nothing has nothing to forget.
  }
}

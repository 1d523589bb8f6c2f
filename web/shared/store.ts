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

// What browsers of 2020 lack, for which the pages are built (web/vite.config.ts).

/**
 * Takes away what came into browsers after Chrome 87 and Safari 14 and ends a page's work where it is called. Runs in the page,
 * ahead of its own scripts.
 */
export function absent() {
  const typed = Object.getPrototypeOf(Int8Array);
  const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  const lacking = [
    [Array, "fromAsync"],
    [Array.prototype, "at", "findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"],
    [typed.prototype, "at", "findLast", "findLastIndex", "toReversed", "toSorted", "with"],
    [String.prototype, "at", "isWellFormed", "toWellFormed"],
    [Object, "groupBy", "hasOwn"],
    [Map, "groupBy"],
    [Set.prototype, "union", "intersection", "difference", "symmetricDifference"],
    [Set.prototype, "isSubsetOf", "isSupersetOf", "isDisjointFrom"],
    [iterator, "map", "filter", "take", "drop", "flatMap", "reduce", "toArray", "forEach", "some", "every", "find"],
    [Promise, "try", "withResolvers"],
    [AbortSignal, "any", "timeout"],
    [AbortSignal.prototype, "throwIfAborted"],
    [URL, "canParse", "parse"],
    [Response, "json"],
    [HTMLFormElement.prototype, "requestSubmit"],
    [HTMLDialogElement.prototype, "show", "showModal"],
    [Crypto.prototype, "randomUUID"],
    [Navigator.prototype, "locks"],
    [window, "BroadcastChannel", "Iterator", "navigation", "requestIdleCallback", "scheduler", "structuredClone"],
  ];
  for (const [place, ...names] of lacking) for (const name of names) delete place[name];
}

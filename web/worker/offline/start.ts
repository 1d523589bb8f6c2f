import { onlineManager } from "@tanstack/react-query";

/** How long after the page stands, in milliseconds: what it asks itself comes first. */
const LATER = 2_000;

/** Has a page that is opened without a network hear that there is one: the library takes itself to be online, and heeds no change. */
export function hearOfNetwork(): void {
  onlineManager.setOnline(navigator.onLine);
}

/** The home page stands below /w/ as all others do: only those the phone can open without a network, and `/w` is not below. */
export function goBelow(): void {
  const { pathname, search, hash } = window.location;
  if (pathname === "/w") window.history.replaceState(window.history.state, "", `/w/${search}${hash}`);
}

/** Has the phone keep the pages for when there is no network. */
export function keepPages(): void {
  // Missing where the page did not come by https, and in some chat programs. While pages are written none is kept.
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // Hundreds join at once over a hall's network: it carries what joining needs, and the phone keeps the pages another day.
  if (window.location.pathname.startsWith("/w/e/")) return;
  const register = () =>
    // Whoever forbids it has pages that need a network.
    navigator.serviceWorker.register("/w/sw.js", { scope: "/w/", updateViaCache: "none" }).catch(() => undefined);
  window.addEventListener("load", () => setTimeout(register, LATER), { once: true });
}

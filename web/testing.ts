// What tests of whole pages share.
import { vi } from "vitest";

vi.setConfig({ testTimeout: 60_000 });

/** Waits until a page shows something, on a busy machine, too. */
export const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 20_000 });

/** What antd asks of a browser and jsdom lacks. */
export function asBrowser(): void {
  const none = () => undefined;
  Element.prototype.scrollIntoView = none;
  vi.stubGlobal("matchMedia", () => ({ matches: false, addListener: none, removeListener: none }));
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe = none;
      unobserve = none;
      disconnect = none;
    },
  );
}

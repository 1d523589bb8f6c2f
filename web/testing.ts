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

/** Types into a field. */
export function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

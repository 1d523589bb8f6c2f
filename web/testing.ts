// What tests of whole pages share.
import type { ReactElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { onTestFinished, vi } from "vitest";

/** Waits until a page shows something, on a busy machine, too. */
export const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 20_000 });

/** Draws something at once, in a place of its own that goes with the test; `again` draws something else there. */
export function show(element: ReactElement) {
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  onTestFinished(() => root.unmount());
  const again = (other: ReactElement) => flushSync(() => root.render(other));
  again(element);
  return { place, again };
}

/** Types into a field. */
export function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

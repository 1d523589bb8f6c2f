// What tests of whole pages share.
import type { ReactElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { onTestFinished, vi } from "vitest";

/** Waits until a page shows something, on a busy machine, too. */
export const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 20_000 });

/** What is looked for, once it is there. */
export const there = <T>(look: () => T | null | undefined) =>
  soon(() => {
    const found = look();
    if (!found) throw new Error("not there yet");
    return found;
  });

/**
 * Waits until the page says something no more: what has been answered stays for a moment, and the next press may meet its buttons
 * instead of those that it is meant for.
 */
export const gone = (words: string) =>
  soon(() => {
    if (document.body.textContent?.includes(words)) throw new Error(`still says “${words}”`);
  });

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

/** Chooses a file, once the page asks for one. */
export async function pick(name: string): Promise<void> {
  const input = await there(() => document.querySelector('input[type="file"]'));
  Object.defineProperty(input, "files", { value: [new File(["x"], name)], configurable: true });
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** All that is uploaded from now on, in the order in which it began; an upload is on its way until the test answers it. */
export function uploads() {
  const begun: { path: string; key: string; sent?: FormData; answer: (body: unknown, status?: number) => void }[] = [];
  class Slow {
    status = 200;
    responseText = "";
    upload = {};
    onload?: () => void;
    onloadend?: () => void;
    path = "";
    key = "";
    open = (_: string, path: string) => {
      this.path = path;
    };
    setRequestHeader = (name: string, value: string) => {
      if (name === "idempotency-key") this.key = value;
    };
    abort = () => undefined;
    sent?: FormData;
    send = (form: FormData) => {
      this.sent = form;
      begun.push(this);
    };
    answer(body: unknown, status = 200) {
      this.status = status;
      this.responseText = JSON.stringify(body);
      this.onload?.();
      this.onloadend?.();
    }
  }
  vi.stubGlobal("XMLHttpRequest", Slow);
  return begun;
}

/** Presses the button that says so, once it is there; spaces that antd puts between two signs don't count. */
export const press = (words: string) =>
  soon(() => {
    const all = [...document.querySelectorAll<HTMLButtonElement>("button, [role=button]")];
    const found = all.reverse().find((one) => one.textContent?.replaceAll(" ", "") === words && !one.disabled);
    if (!found) throw new Error(`no button “${words}”`);
    found.click();
  });

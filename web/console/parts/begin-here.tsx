import { useEffect, useRef } from "react";

/** What somebody types, chooses or presses to choose; the field of a file itself is hidden behind its button. */
const FIELDS = [
  'input:not([type="hidden"], [type="file"], :disabled)',
  "textarea:not(:disabled)",
  ".ant-upload button:not(:disabled)",
].join();

/**
 * A window is put into the page some frames after what stands in it is drawn, and has to remember first who had the focus before;
 * one that never comes is not waited for.
 */
const FRAMES = 30;

/**
 * Stands in a window: its first field has the focus, or if it has none the button that leaves all as it is. antd gives the
 * focus to the ✕, from which whoever types has to find his way first.
 */
export function BeginHere() {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let frame = 0;
    const soon = (left: number) => {
      frame = requestAnimationFrame(() => {
        if (left > 0 && !given(here.current)) soon(left - 1);
      });
    };
    soon(FRAMES);
    return () => cancelAnimationFrame(frame);
  }, []);
  return <span ref={here} hidden />;
}

/** Gives the focus, unless somebody has it already; whether there is nothing left to do. */
function given(here: Element | null): boolean {
  const around = here?.closest<HTMLElement>('[role="dialog"]');
  if (!around?.isConnected) return false;
  const body = around.querySelector(".ant-modal-body");
  if (body?.contains(document.activeElement)) return true;
  const field = firstField(around) ?? around.querySelector<HTMLElement>(".ant-modal-footer button");
  field?.focus({ preventScroll: true });
  return !field || field === document.activeElement;
}

function firstField(around: Element): HTMLElement | undefined {
  const fields = [...(around.querySelector(".ant-modal-body")?.querySelectorAll<HTMLElement>(FIELDS) ?? [])];
  const [first] = fields;
  if (!(first instanceof HTMLInputElement) || first.type !== "radio") return first;
  // One of several is reached by the one that is chosen.
  return fields.find((one) => one instanceof HTMLInputElement && one.name === first.name && one.checked) ?? first;
}

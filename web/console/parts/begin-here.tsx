import { useEffect, useRef } from "react";

/** What somebody types, chooses or presses to choose; the field of a file itself is hidden behind its button. */
const FIELDS = [
  'input:not([type="hidden"], [type="file"], :disabled)',
  "textarea:not(:disabled)",
  ".ant-upload button:not(:disabled)",
].join();

/**
 * Stands in a window: its first field has the focus, or if it has none the button that leaves all as it is. antd gives the
 * focus to the ✕, from which whoever types has to find his way first.
 */
export function BeginHere() {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const around = here.current?.closest('[role="dialog"]');
    // Who has the focus already was given it with a reason.
    if (!around || around.contains(document.activeElement)) return;
    const field = firstField(around) ?? around.querySelector<HTMLElement>(".ant-modal-footer button");
    field?.focus({ preventScroll: true });
  }, []);
  return <span ref={here} hidden />;
}

function firstField(around: Element): HTMLElement | undefined {
  const fields = [...(around.querySelector(".ant-modal-body")?.querySelectorAll<HTMLElement>(FIELDS) ?? [])];
  const [first] = fields;
  if (!(first instanceof HTMLInputElement) || first.type !== "radio") return first;
  // One of several is reached by the one that is chosen.
  return fields.find((one) => one instanceof HTMLInputElement && one.name === first.name && one.checked) ?? first;
}

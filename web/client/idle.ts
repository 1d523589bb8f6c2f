// Whether anybody is at the page: what it asks by itself keeps no officer's log-in open.

/** After so long without a touch nobody is there, in milliseconds. */
const AWAY = 60_000;
const TOUCHES = ["pointerdown", "pointermove", "wheel", "keydown"];

let touched: number | undefined;

/** Watches pointer and keyboard. A page that doesn't call this counts as used. */
export function watchTouches(): void {
  const touch = () => {
    touched = Date.now();
  };
  touch();
  for (const kind of TOUCHES) window.addEventListener(kind, touch, { capture: true, passive: true });
}

/** The header that tells the server that nobody is there, when nobody is. */
export function idle(): Record<string, string> {
  return touched !== undefined && Date.now() - touched > AWAY ? { "x-niangjia-idle": "1" } : {};
}

import { useState } from "react";
import { useTurnedFocus } from "./use-turned-focus";

interface SureProps {
  /** The button that asks for it, and how it looks. */
  open: string;
  /** What the button is called to who hears it, where many look alike. */
  name?: string;
  look: "main" | "plain" | "plain wide" | "link";
  /** What it comes to. */
  says: string;
  yes: string;
  no: string;
  busy: boolean;
  /** Does it; what was asked may be put away afterwards. */
  done: (close: () => void) => unknown;
}

/** What can't be undone is asked twice. */
export function Sure({ open, name, look, says, yes, no, busy, done }: SureProps) {
  const [sure, ask] = useState(false);
  const close = () => ask(false);
  const [opener, question] = useTurnedFocus<HTMLParagraphElement>(sure);
  if (!sure) {
    return (
      <button ref={opener} type="button" className={look} aria-label={name} onClick={() => ask(true)}>
        {open}
      </button>
    );
  }
  return (
    <>
      <p ref={question} tabIndex={-1}>
        {says}
      </p>
      <div className="two">
        <button type="button" className="plain" disabled={busy} onClick={() => done(close)}>
          {yes}
        </button>
        <button type="button" className="plain" onClick={close}>
          {no}
        </button>
      </div>
    </>
  );
}

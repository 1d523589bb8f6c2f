import { useState } from "react";

interface SureProps {
  /** The button that asks for it, and how it looks. */
  open: string;
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
export function Sure({ open, look, says, yes, no, busy, done }: SureProps) {
  const [sure, ask] = useState(false);
  const close = () => ask(false);
  if (!sure) {
    return (
      <button type="button" className={look} onClick={() => ask(true)}>
        {open}
      </button>
    );
  }
  return (
    <>
      <p>{says}</p>
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

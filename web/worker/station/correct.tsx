import { type ReactNode, useEffect, useRef, useState } from "react";

interface CorrectProps {
  /** What the button is called to who hears it, where many look alike. */
  name: string;
  children: (close: () => void) => ReactNode;
}

/** Opens what is to be corrected. Whoever listens or uses keys goes on in it, and afterwards where he was. */
export function Correct({ name, children }: CorrectProps) {
  const [open, show] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const form = useRef<HTMLDivElement>(null);
  const before = useRef(open);
  useEffect(() => {
    if (open !== before.current) (open ? form : opener).current?.focus();
    before.current = open;
  }, [open]);
  if (open) {
    return (
      <div ref={form} tabIndex={-1}>
        {children(() => show(false))}
      </div>
    );
  }
  return (
    <button ref={opener} type="button" className="link" aria-label={name} onClick={() => show(true)}>
      更正
    </button>
  );
}

import { type ReactNode, useState } from "react";
import { useTurnedFocus } from "../use-turned-focus";

interface CorrectProps {
  /** What the button is called to who hears it, where many look alike. */
  name: string;
  children: (close: () => void) => ReactNode;
}

/** Opens what is to be corrected. */
export function Correct({ name, children }: CorrectProps) {
  const [open, show] = useState(false);
  const [opener, form] = useTurnedFocus<HTMLDivElement>(open);
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

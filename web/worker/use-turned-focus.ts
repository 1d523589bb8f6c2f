import { useEffect, useRef } from "react";

/** Whoever listens or uses keys goes on in what opens, and afterwards where he was: answers the refs of the button and of what it opens. */
export function useTurnedFocus<Inside extends HTMLElement>(open: boolean) {
  const opener = useRef<HTMLButtonElement>(null);
  const inside = useRef<Inside>(null);
  const before = useRef(open);
  useEffect(() => {
    if (open !== before.current) (open ? inside : opener).current?.focus();
    before.current = open;
  }, [open]);
  return [opener, inside] as const;
}

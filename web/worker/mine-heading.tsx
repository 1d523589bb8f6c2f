import { useEffect, useRef } from "react";

/**
 * The heading of what I took, above what I can take. When something comes to it the page goes there: what was taken far below
 * moves up here, and would vanish from there without a word.
 */
export function MineHeading({ number, children }: { number: number; children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(number);
  useEffect(() => {
    if (number > before.current) heading.current?.focus();
    before.current = number;
  }, [number]);
  if (number === 0) return null;
  return (
    <h2 ref={heading} tabIndex={-1}>
      {children}
    </h2>
  );
}

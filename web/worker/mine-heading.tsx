import { type RefObject, useEffect, useRef } from "react";

interface HeadingProps {
  number: number;
  /** Set by whoever takes something on this page. */
  taken: RefObject<boolean>;
  children: string;
}

/**
 * The heading of what I took, above what I can take. When I take something the page goes there: what was taken far below
 * moves up here, and would vanish from there without a word. What comes to it otherwise doesn't take me from where I am.
 */
export function MineHeading({ number, taken, children }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(number);
  useEffect(() => {
    if (number > before.current && taken.current) heading.current?.focus();
    if (number !== before.current) taken.current = false;
    before.current = number;
  }, [number, taken]);
  if (number === 0) return null;
  return (
    <h2 ref={heading} tabIndex={-1}>
      {children}
    </h2>
  );
}

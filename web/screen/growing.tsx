import { useEffect, useRef, useState } from "react";
import { count } from "../shared/words";

/** How long a change takes, in milliseconds. */
const WHILE = 800;

/** Letters times their size that fit beside the other columns, in rem. */
const WIDTH = 58;

/** A number that runs up to its new value, unless whoever watches asked for stillness. */
export function Growing({ to }: { to: number }) {
  const [shown, setShown] = useState(to);
  const from = useRef(to);
  useEffect(() => {
    const start = from.current;
    if (start === to || window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      from.current = to;
      return setShown(to);
    }
    const begun = performance.now();
    let frame = 0;
    const step = (now: number) => {
      const part = Math.min(1, (now - begun) / WHILE);
      from.current = Math.round(start + (to - start) * (1 - (1 - part) ** 3));
      setShown(from.current);
      if (part < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [to]);
  const text = count(shown);
  return (
    <p className="number" style={{ fontSize: `${Math.min(15, WIDTH / text.length)}rem` }}>
      {text}
    </p>
  );
}

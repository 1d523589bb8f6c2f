import type { CSSProperties, ReactNode } from "react";
import { TONES, type Tone } from "./tones";

/** A state as a coloured word. */
export function Word({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="state" style={{ "--state": TONES[tone] } as CSSProperties}>
      {children}
    </span>
  );
}

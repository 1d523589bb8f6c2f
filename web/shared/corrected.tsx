import type { ReactNode } from "react";
import { minute } from "./words";

interface CorrectedProps {
  before: { by: string; corrected_at: string };
  /** What it said. */
  children: ReactNode;
}

/** What something said before it was corrected, by whom and when. */
export function Corrected({ before, children }: CorrectedProps) {
  return (
    <>
      {before.by} {minute(before.corrected_at)} 更正，原来：<del>{children}</del>
    </>
  );
}

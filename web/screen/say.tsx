import type { ReactNode } from "react";
import { Problem } from "../client/problem";

/** Nothing to show yet: says why, and what to do. */
export function Say({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="say">
      <div role="status">
        <h1>{title}</h1>
        <p>{children}</p>
      </div>
    </main>
  );
}

/**
 * Whether a wall shows nothing any more: nothing ever came, or the officer lost the right to it, or it is gone. A network that is
 * away for a while leaves what was shown.
 */
export function isOver({ error, data }: { error: unknown; data: unknown }): boolean {
  if (!error) return false;
  return data === undefined || (error instanceof Problem && [403, 404].includes(error.status));
}

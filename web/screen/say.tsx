import type { ReactNode } from "react";

/** Nothing to show yet: says why, and what to do. */
export function Say({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="say" role="status">
      <h1>{title}</h1>
      <p>{children}</p>
    </main>
  );
}

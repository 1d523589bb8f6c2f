import type { ReactNode } from "react";

/** What stands where a page would: why it isn't there, and where to go from here. antd's own weighs pictures for each case. */
export function Instead({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className="instead">
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      {children}
    </section>
  );
}

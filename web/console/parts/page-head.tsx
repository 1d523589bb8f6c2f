import { type ReactNode, useEffect } from "react";

interface Head {
  title: string;
  /** One line below the title. */
  note?: ReactNode;
  /** Buttons, the most important one last. */
  children?: ReactNode;
}

/** The head of a page: what it is, and what can be done here. */
export function PageHead({ title, note, children }: Head) {
  useEffect(() => {
    document.title = `${title} · 娘家`;
  }, [title]);
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        {note && <p>{note}</p>}
      </div>
      {children && <div className="page-acts">{children}</div>}
    </div>
  );
}

import { type ReactNode, useEffect } from "react";
import { useLocation } from "react-router";
import { nameAt } from "../pages";

interface Head {
  /** What the page shows, where that is one record or somebody; else it is called as in the menu. */
  title?: string;
  /** One line below the title. */
  note?: ReactNode;
  /** Buttons, the most important one last. */
  children?: ReactNode;
}

/** The head of a page: what it is, and what can be done here. */
export function PageHead({ title, note, children }: Head) {
  const name = nameAt(useLocation().pathname);
  const tab = name ?? title;
  useEffect(() => {
    document.title = tab ? `${tab} · 娘家` : "娘家";
  }, [tab]);
  return (
    <div className="page-head">
      <div>
        <h1>{title ?? name}</h1>
        {note && <p>{note}</p>}
      </div>
      {children && <div className="page-acts">{children}</div>}
    </div>
  );
}

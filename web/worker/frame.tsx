import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "react-router";
import { Problem, sentence } from "../client/http";

/** The name of the page that stands on the screen. */
let shown: string | undefined;

/** A page: its name, the way home, one thing below. */
export function Frame({ title, home = true, children }: { title: string; home?: boolean; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · 娘家`;
    // Another page took this one's place: who listens hears its name, who looks sees its top.
    if (shown !== undefined && shown !== title) {
      window.scrollTo(0, 0);
      heading.current?.focus();
    }
    shown = title;
  }, [title]);
  return (
    <>
      <header className="top">
        {home ? (
          <Link to="/" className="top-home">
            <span aria-hidden="true">‹ </span>首页
          </Link>
        ) : (
          <span className="display top-name">娘家</span>
        )}
      </header>
      <main className="page">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
    </>
  );
}

/** While the first answer is on its way. */
export function Loading() {
  return (
    <p className="quiet" role="status">
      正在打开…
    </p>
  );
}

/** What is not there: trying again brings nothing, and a rider knows of no area that he answers for. */
const GONE = "没有找到，可能已经结束或撤下。请返回上一页，或重新扫码。";

/** What went wrong, in words, and the way to try again. */
export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  const gone = error instanceof Problem && error.code === "not_found";
  return (
    <div className="note bad" role="alert">
      <p>{gone ? GONE : sentence(error)}</p>
      {again && error instanceof Problem && error.isLost && <p>连上网络后会自动再试。</p>}
      {again && !gone && (
        <button type="button" className="plain" onClick={again}>
          再试一次
        </button>
      )}
    </div>
  );
}

/** Why what was pressed was not done, above a list: the page goes there, as the button may stand far below. */
export function NotDone({ problem }: { problem?: Problem }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) place.current?.focus();
  }, [problem]);
  return (
    <div ref={place} tabIndex={-1}>
      {problem && <Failed error={problem} />}
    </div>
  );
}

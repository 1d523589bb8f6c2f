import type { ReactNode } from "react";
import { useLocation } from "react-router";
import { Catch } from "../shared/catch";
import { Frame } from "./frame";

/** Keeps the pages standing when one breaks; another address is tried anew. */
export function Falling({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return (
    <Catch key={pathname} instead={<NotOpened />}>
      {children}
    </Catch>
  );
}

function NotOpened() {
  return (
    <Frame title="页面没有打开">
      <div className="note bad" role="alert">
        <p>网络不通，或系统刚刚更新。请联网后重新打开。</p>
        <button type="button" className="plain" onClick={() => window.location.reload()}>
          重新打开
        </button>
      </div>
    </Frame>
  );
}

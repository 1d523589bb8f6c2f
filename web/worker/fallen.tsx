import { Component, type ReactNode } from "react";
import { useLocation } from "react-router";
import { Frame } from "./frame";

/** Shows another page in the place of one that broke, or whose file did not come: no network, or a newer build at the server. */
export function Falling({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return <Fallen key={pathname}>{children}</Fallen>;
}

class Fallen extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
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
}

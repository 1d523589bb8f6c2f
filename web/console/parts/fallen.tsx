import { Button } from "antd";
import { Component, type ReactNode } from "react";
import { Instead } from "./instead";

/** Keeps the frame standing when a page breaks, or when its file is gone because the program was renewed meanwhile. */
export class Fallen extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Instead title="页面没有打开" text="系统可能刚刚更新，或者网络中断了。请重新打开；还是不行的，请联系系统管理员。">
        <Button type="primary" onClick={() => window.location.reload()}>
          重新打开
        </Button>
      </Instead>
    );
  }
}

import { Button } from "antd";
import type { ReactNode } from "react";
import { Catch } from "../../shared/catch";
import { Instead } from "./instead";

/** Keeps the frame standing when a page breaks, or when its file is gone because the program was renewed meanwhile. */
export function Fallen({ children }: { children: ReactNode }) {
  return <Catch instead={<NotOpened />}>{children}</Catch>;
}

function NotOpened() {
  return (
    <Instead title="页面没有打开" text="系统可能刚刚更新，或者网络中断了。请重新打开；还是不行的，请联系系统管理员。">
      <Button type="primary" onClick={() => window.location.reload()}>
        重新打开
      </Button>
    </Instead>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { Modal, Skeleton } from "antd";
import { lazy, Suspense, useEffect } from "react";
import { Fallen } from "../parts/fallen";
import { leaveUnasked } from "../parts/leaving";

const LogIn = lazy(() => import("../pages/log-in"));

/** Over whatever else stands open: antd's own windows and messages lie at 2000 and a little more. */
const ABOVE = 3000;

/** So long the pages wait for their owner, in milliseconds; then nothing of them is kept. */
const KEPT = 30 * 60_000;

/** The log-in over the pages of an officer whose log-in ended. They can't be seen meanwhile: nobody may sit there but others. */
export function LogInOver({ open, name }: { open: boolean; name: string }) {
  const client = useQueryClient();
  useEffect(() => {
    if (!open) return;
    // In another window he may have logged in already.
    const look = () => client.invalidateQueries({ queryKey: ["session"], exact: true });
    window.addEventListener("focus", look);
    const timer = setTimeout(() => {
      leaveUnasked();
      window.location.reload();
    }, KEPT);
    return () => {
      window.removeEventListener("focus", look);
      clearTimeout(timer);
    };
  }, [open, client]);
  return (
    <Modal
      open={open}
      title="请重新登录"
      rootClassName="log-in-over"
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={null}
      width={420}
      centered
      zIndex={ABOVE}
      destroyOnHidden
    >
      <p>{name}的登录已失效。登录后回到原来的页面，已填的内容还在，没办完的接着办；换别的账号登录，则从首页开始。</p>
      <Fallen>
        <Suspense fallback={<Skeleton active />}>
          <LogIn over />
        </Suspense>
      </Fallen>
    </Modal>
  );
}

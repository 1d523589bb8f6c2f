import { Button } from "antd";
import { lazy, Suspense } from "react";
import { sentence } from "../client/problem";
import { Fallen } from "./parts/fallen";
import { Instead } from "./parts/instead";
import { useSession } from "./session";

// Whoever has to log in waits for no menu, and whoever is logged in for no log-in.
const bringFrame = () => import("./frame");
const Frame = lazy(bringFrame);
const LogIn = lazy(() => import("./pages/log-in"));

/** Says that an officer was logged in here, so that next time the frame comes along with the first question. */
const KNOWN = "niangjia.known";
if (localStorage.getItem(KNOWN)) bringFrame().catch(() => undefined);

/** The console: the log-in, or the frame with the pages. */
export function Shell() {
  const session = useSession();
  const opening = (
    <p className="opening" role="status">
      正在打开…
    </p>
  );
  if (session.isPending) return opening;
  if (session.isError) {
    return (
      <Instead title="连不上服务器" text={sentence(session.error)}>
        <Button type="primary" onClick={() => session.refetch()}>
          再试一次
        </Button>
      </Instead>
    );
  }
  if (session.data) localStorage.setItem(KNOWN, "yes");
  return (
    <Fallen>
      <Suspense fallback={opening}>{session.data ? <Frame session={session.data} /> : <LogIn />}</Suspense>
    </Fallen>
  );
}

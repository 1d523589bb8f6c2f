import { Button } from "antd";
import { lazy, Suspense, useEffect } from "react";
import { sentence } from "../client/problem";
import { kept, store } from "../shared/store";
import { Fallen } from "./parts/fallen";
import { Instead } from "./parts/instead";
import { useSession } from "./session";
import { useHeld } from "./sign-in/held";
import { LogInOver } from "./sign-in/log-in-over";

// Whoever has to log in waits for no menu, and whoever is logged in for no log-in.
const bringFrame = () => import("./frame");
const Frame = lazy(bringFrame);
const LogIn = lazy(() => import("./pages/log-in"));

/** Says that an officer was logged in here, so that next time the frame comes along with the first question. */
const KNOWN = "niangjia.known";
if (kept(KNOWN)) bringFrame().catch(() => undefined);

/** The console: the log-in, or the frame with the pages, which stays when the log-in ends or the network is away. */
export function Shell() {
  const session = useSession();
  const officer = session.data;
  const isAnother = useHeld(officer);
  useEffect(() => {
    if (officer) store(KNOWN, "yes");
  }, [officer]);
  const opening = (
    <p className="opening" role="status">
      正在打开…
    </p>
  );
  if (session.isPending || isAnother) return opening;
  if (session.isError && !officer) {
    return (
      <Instead title="连不上服务器" text={sentence(session.error)}>
        <Button type="primary" onClick={() => session.refetch()}>
          再试一次
        </Button>
      </Instead>
    );
  }
  return (
    <Fallen>
      <Suspense fallback={opening}>{officer ? <Frame session={officer} /> : <LogIn />}</Suspense>
      {officer && <LogInOver open={officer.away === true} name={officer.name} />}
    </Fallen>
  );
}

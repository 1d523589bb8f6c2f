import { useQueryClient } from "@tanstack/react-query";
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

/**
 * Who was logged in here last, by his account: next time the frame comes along with the first question, and the browser's other
 * windows hear that it is another now.
 */
const KNOWN = "niangjia.known";
if (kept(KNOWN)) bringFrame().catch(() => undefined);

/** The console: the log-in, or the frame with the pages, which stays when the log-in ends or the network is away. */
export function Shell() {
  const client = useQueryClient();
  const session = useSession();
  const officer = session.data;
  const isAnother = useHeld(officer);
  useEffect(() => {
    if (officer?.account && !officer.away) store(KNOWN, officer.account);
  }, [officer]);
  useEffect(() => {
    // What is sent from here goes in the name of who logged in in another window.
    const look = ({ key }: StorageEvent) => {
      if (key === KNOWN) client.invalidateQueries({ queryKey: ["session"], exact: true });
    };
    window.addEventListener("storage", look);
    return () => window.removeEventListener("storage", look);
  }, [client]);
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

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { isLoggedOut } from "../client/let-in";
import { Problem } from "../client/problem";
import type { Me } from "../client/types";
import { useWaiting } from "../client/waiting";
import { ask } from "./ask";
import { LogInForm } from "./log-in-form";
import { forgetDuty } from "./station/remembered";

const ME = ["mine", "/me"];
const WHOSE = ["whose"];

/** Whether no worker is logged in, but nobody, or an officer with the console open beside: these pages ask as a worker only. */
const isOut = (error: unknown) => isLoggedOut(error) || (error instanceof Problem && error.code === "forbidden");

/** Whether the page shows what only a worker who is logged in is told: nobody else is asked to log in over it. */
const isOwn = (client: QueryClient) =>
  client
    .getQueryCache()
    .findAll({ queryKey: ["mine"], type: "active" })
    .some(({ state }) => state.data !== undefined);

/** Learns once whose pages stand, so that it is known who may go on with them. */
function learn(client: QueryClient) {
  const known = client.getQueryData<Me>(ME)?.person_id;
  if (known) client.setQueryData(WHOSE, known);
  // A page that asks it itself has the answer on its way.
  else if (!client.getQueryState(ME)) {
    const queryFn = async () => (await ask<Me>("/me")).person_id;
    const once = { queryKey: WHOSE, queryFn, staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY };
    client.fetchQuery(once).catch(() => undefined);
  }
}

/** Where somebody was on a page. */
interface Stood {
  title: string;
  top: number;
  focused: Element | null;
}

/**
 * Keeps the page of a worker, with what he typed, when his log-in ends: he logs in in its place, and what was refused is sent then.
 * Whoever else logs in begins at his own home.
 */
export function Staying({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [stood, leave] = useState<Stood>();
  useEffect(
    () =>
      client.getQueryCache().subscribe(({ type, query: { queryKey, state } }) => {
        if (type !== "updated" || queryKey[0] !== "mine" || state.data === undefined) return;
        if (client.getQueryData(WHOSE) === undefined) learn(client);
      }),
    [client],
  );
  const opens = useCallback(() => {
    if (!isOwn(client)) return false;
    const { title, activeElement: focused } = document;
    leave((before) => before ?? { title, top: window.scrollY, focused });
    return true;
  }, [client]);
  const goOn = useWaiting(opens, isOut);
  const enter = async () => {
    const { person_id } = await ask<Me>("/me");
    if (person_id !== client.getQueryData(WHOSE)) {
      forgetDuty();
      return window.location.assign("/w/");
    }
    leave(undefined);
    goOn();
  };
  return (
    <>
      <div hidden={stood !== undefined}>{children}</div>
      {stood && <LogInOver stood={stood} enter={enter} />}
    </>
  );
}

function LogInOver({ stood, enter }: { stood: Stood; enter: () => Promise<void> }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = "请重新登录 · 娘家";
    window.scrollTo(0, 0);
    heading.current?.focus();
    return () => {
      document.title = stood.title;
      window.scrollTo(0, stood.top);
      if (stood.focused instanceof HTMLElement) stood.focused.focus({ preventScroll: true });
    };
  }, [stood]);
  return (
    <>
      <header className="top">
        <span className="display top-name">娘家</span>
      </header>
      <main className="page">
        <h1 ref={heading} tabIndex={-1}>
          请重新登录
        </h1>
        <p>登录已失效。登录后回到刚才的页面，已填的内容还在，没办完的接着办。</p>
        <LogInForm done={enter} />
      </main>
    </>
  );
}

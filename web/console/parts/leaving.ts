// Before Back, or closing or reloading the page, takes away what somebody filled in, he is asked.
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

interface Guard {
  /** Where in the window's history its page stands, as the router counts; nobody knows behind an address of no page. */
  at: number | undefined;
  isFilled: () => boolean;
  /** Asks; whoever gives up what he filled in leaves. */
  ask: (leave: () => void) => void;
}

let guards: Guard[] = [];

/** The page goes without anybody being asked: nobody is there. */
export function leaveUnasked(): void {
  guards = [];
}

const place = (): number | undefined => window.history.state?.idx;
const filled = () => guards.find((one) => one.isFilled());

/** Watches for the page being left. Before the router looks, which else has left already. Answers how to end that. */
export function watchLeaving(): () => void {
  let isBack = false;
  let isGivenUp = false;
  const step = (event: PopStateEvent) => {
    if (isBack) {
      // The router heard of no step away, and hears of none back.
      isBack = false;
      event.stopImmediatePropagation();
      return;
    }
    const guard = filled();
    const [by, before] = [place(), guard?.at];
    const isFree = isGivenUp;
    isGivenUp = false;
    if (isFree || !guard || by === undefined || before === undefined || by === before) return;
    event.stopImmediatePropagation();
    isBack = true;
    window.history.go(before - by);
    guard.ask(() => {
      isGivenUp = true;
      window.history.go(by - before);
    });
  };
  const unload = (event: BeforeUnloadEvent) => {
    if (!filled()) return;
    event.preventDefault();
    // What browsers of some years ago heed instead.
    event.returnValue = "";
  };
  window.addEventListener("popstate", step);
  window.addEventListener("beforeunload", unload);
  return () => {
    window.removeEventListener("popstate", step);
    window.removeEventListener("beforeunload", unload);
  };
}

/** Has the page not be left unasked while something that is open is filled in. */
export function useLeaving(isOpen: boolean, isFilled: () => boolean, ask: (leave: () => void) => void): void {
  const now = useRef({ isFilled, ask });
  now.current = { isFilled, ask };
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another address the page stands elsewhere in the history.
  useEffect(() => {
    if (!isOpen) return;
    const guard: Guard = {
      at: place(),
      isFilled: () => now.current.isFilled(),
      ask: (leave) => now.current.ask(leave),
    };
    guards = [guard, ...guards];
    return () => {
      guards = guards.filter((one) => one !== guard);
    };
  }, [isOpen, key]);
}

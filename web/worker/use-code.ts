import { useEffect, useState } from "react";
import { useAction } from "../client/action";
import { Problem } from "../client/http";
import { keptValue, store } from "../shared/store";
import { tell } from "./ask";
import { seconds } from "./phone";

/** How long the server makes one wait between two codes, in seconds. */
const PAUSE = 60;

export interface Code {
  /** Sends a code to a phone; answers whether it went out. */
  send: (phone: string) => Promise<boolean>;
  busy: boolean;
  problem: Problem | undefined;
  clear: () => void;
  /** Seconds until another may be sent to a phone; 0: now. */
  waitFor: (phone: string) => number;
}

/** To whom the last code went, and until when he gets no other, in milliseconds since 1970. */
interface Sent {
  to: string;
  until: number;
}

/** One-time codes: sent to `path`, to each number at most one a minute, counted down also over a reload. */
export function useCode(path: string): Code {
  const kept = `code ${path}`;
  const [last, setLast] = useState(() => keptValue(kept, "sessionStorage") as Sent | undefined);
  const [now, setNow] = useState(Date.now);
  const wait = Math.max(0, Math.min(PAUSE, Math.ceil(((last?.until ?? 0) - now) / 1000)));
  const waiting = wait > 0;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [waiting]);
  const pause = (to: string, length: number) => {
    const sent = { to, until: Date.now() + length * 1000 };
    store(kept, JSON.stringify(sent), "sessionStorage");
    setNow(Date.now());
    setLast(sent);
  };
  const action = useAction(async (phone: string, sending) => {
    try {
      await tell<void>(path, { phone }, sending);
      pause(phone, PAUSE);
      return true;
    } catch (error) {
      // Sent a moment ago, perhaps from another page: the server says how long to wait.
      if (error instanceof Problem && error.code === "code_too_soon") pause(phone, seconds(error.message) ?? PAUSE);
      throw error;
    }
  });
  const send = async (phone: string) => (await action.run(phone)) ?? false;
  // Whoever mistyped his number, or helps the next one, waits for nothing.
  const waitFor = (phone: string) => (phone === last?.to ? wait : 0);
  return { send, busy: action.busy, problem: action.problem, clear: action.clear, waitFor };
}

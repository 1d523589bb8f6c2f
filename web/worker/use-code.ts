import { useEffect, useState } from "react";
import { useAction } from "../client/action";
import { Problem } from "../client/http";
import { kept as read, store } from "../shared/store";
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
  /** Seconds until another may be sent; 0: now. */
  wait: number;
}

/** One-time codes: sent to `path`, at most one a minute, counted down also over a reload. */
export function useCode(path: string): Code {
  const kept = `code ${path}`;
  const [until, setUntil] = useState(() => Number(read(kept, "sessionStorage") ?? 0));
  const [now, setNow] = useState(Date.now);
  const wait = Math.max(0, Math.min(PAUSE, Math.ceil((until - now) / 1000)));
  const waiting = wait > 0;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [waiting]);
  const pause = (length: number) => {
    const end = Date.now() + length * 1000;
    store(kept, String(end), "sessionStorage");
    setNow(Date.now());
    setUntil(end);
  };
  const action = useAction(async (phone: string, sending) => {
    try {
      await tell<void>(path, { phone }, sending);
      pause(PAUSE);
      return true;
    } catch (error) {
      // Sent a moment ago, perhaps from another page: the server says how long to wait.
      if (error instanceof Problem && error.code === "code_too_soon") pause(seconds(error.message) ?? PAUSE);
      throw error;
    }
  });
  const send = async (phone: string) => (await action.run(phone)) ?? false;
  return { send, busy: action.busy, problem: action.problem, clear: action.clear, wait };
}

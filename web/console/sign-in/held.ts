import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useWaiting } from "../../client/waiting";
import { away, type Officer } from "../session";

/**
 * Keeps the pages of whoever was logged in when his log-in ends, with all that stands in open forms. What was refused since waits,
 * and is sent once more when he is back; for another account nothing is. Answers whether it is another who has come: what stands is
 * not his.
 */
export function useHeld(officer: Officer | null | undefined): boolean {
  const client = useQueryClient();
  const whose = useRef<Officer["account"]>(undefined);
  if (officer) whose.current ??= officer.account;
  const isBack = Boolean(officer && !officer.away);
  const isAnother = Boolean(officer && officer.account !== whose.current);
  const leave = useCallback(() => {
    client.setQueryData<Officer | null>(["session"], away);
    return true;
  }, [client]);
  const goOn = useWaiting(leave);
  useEffect(() => {
    // As if for the first time: what the one before looked for may stand in the address.
    if (isAnother) return window.location.assign("/");
    if (isBack) goOn();
  }, [isBack, isAnother, goOn]);
  return isAnother;
}

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { asked } from "../asked";
import { isUnstored, type Keep, type Kept, keep, own, refused, type Sent, send, settle, waiting } from "./queue";

/** How often what is kept is tried again, in milliseconds. */
const AGAIN = 15_000;

/**
 * Keeps what somebody writes down, and sends it: at once, at intervals, and when the network is back; but only once it is sure
 * that he is the one who is logged in, as it is sent in that one's name.
 */
export function useQueue(station: string, by: string, isSure = true) {
  const client = useQueryClient();
  const [kept, show] = useState<Kept[]>(() => own(station, by));
  const [unsettled, unsettle] = useState<Kept[]>(() => refused(station, by));
  const [arrived, note] = useState<Kept[]>([]);
  const [said, say] = useState("");
  const [stranger, expel] = useState(false);
  const look = useCallback(() => {
    show(own(station, by));
    unsettle(refused(station, by));
  }, [station, by]);
  const flush = useCallback(async (): Promise<Sent | undefined> => {
    look();
    if (!isSure || own(station, by).length === 0) return undefined;
    const sent = await once(station, by);
    look();
    if (!sent) return undefined;
    note((before) => [...before, ...sent.arrived]);
    expel(sent.stranger);
    if (sent.before.length > 0) say(`${sent.before.join("、")}此前已登记过，没有重复计数。`);
    else if (sent.arrived.length > 0) say(`${sent.names.join("、")}已登记。`);
    if (sent.arrived.length > 0) await client.invalidateQueries(asked(`/me/stations/${station}`));
    return sent;
  }, [client, station, by, isSure, look]);
  useEffect(() => {
    flush();
    const timer = setInterval(flush, AGAIN);
    window.addEventListener("online", flush);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", flush);
    };
  }, [flush]);
  const write: Keep = (to, label, body) => {
    keep(station, by, to, label, body);
    flush();
  };
  /** How much others wrote down here and have not sent. */
  const others = waiting(station).length - own(station, by).length;
  const read = () => {
    settle(station, by);
    look();
  };
  return { kept, arrived, others, unsettled, settle: read, unstored: isUnstored(station), said, stranger, write };
}

const running = new Map<string, Promise<Sent>>();

/** One sending at a time; whoever comes meanwhile waits for it and then looks again. */
async function once(station: string, by: string): Promise<Sent | undefined> {
  const before = running.get(station);
  if (before) await before;
  if (running.has(station)) return undefined;
  const mine = send(station, by);
  running.set(station, mine);
  try {
    return await mine;
  } finally {
    running.delete(station);
  }
}

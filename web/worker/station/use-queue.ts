import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { type Kept, type Sent, send, type Unsettled, waiting } from "./queue";

/** How often what is kept is tried again, in milliseconds. */
const AGAIN = 15_000;

/** Sends what the phone keeps: at once, at intervals, and when the network is back. */
export function useQueue(station: string) {
  const client = useQueryClient();
  const [kept, show] = useState<Kept[]>(() => waiting(station));
  const [unsettled, unsettle] = useState<Unsettled[]>([]);
  const [said, say] = useState("");
  const [stranger, expel] = useState(false);
  const flush = useCallback(async (): Promise<Sent | undefined> => {
    show(waiting(station));
    if (waiting(station).length === 0) return undefined;
    const sent = await once(station);
    show(waiting(station));
    if (!sent) return undefined;
    unsettle((before) => [...before, ...sent.unsettled]);
    expel(sent.stranger);
    if (sent.before.length > 0) say(`${sent.before.join("、")}这个小时内已登记过，没有重复计数。`);
    else if (sent.arrived > 0) say("已登记。");
    if (sent.arrived > 0) {
      await client.invalidateQueries({ queryKey: ["mine", `/me/stations/${station}`] });
      await client.invalidateQueries({ queryKey: ["mine", `/me/stations/${station}/supplies`] });
      await client.invalidateQueries({ queryKey: ["mine", `/me/stations/${station}/incidents`] });
    }
    return sent;
  }, [client, station]);
  useEffect(() => {
    flush();
    const timer = setInterval(flush, AGAIN);
    window.addEventListener("online", flush);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", flush);
    };
  }, [flush]);
  return { kept, unsettled, settle: () => unsettle([]), said, stranger, flush };
}

const running = new Map<string, Promise<Sent>>();

/** One sending at a time; whoever comes meanwhile waits for it and then looks again. */
async function once(station: string): Promise<Sent | undefined> {
  const before = running.get(station);
  if (before) await before;
  if (running.has(station)) return undefined;
  const mine = send(station);
  running.set(station, mine);
  try {
    return await mine;
  } finally {
    running.delete(station);
  }
}

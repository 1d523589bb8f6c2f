import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { Problem, post } from "../../client/http";
import type { InspectionDraft, StationInspectionSheet } from "../../client/types";

/** What an inspector marked and the server doesn't know yet, on top of what was kept there when. */
interface Unsent {
  seen: string | null;
  draft: InspectionDraft;
}

const PLACE = "niangjia/inspection/";
/** How often what is not kept yet is sent, in milliseconds. */
const AGAIN = 5_000;

function unsent(id: string): Unsent | undefined {
  try {
    return JSON.parse(localStorage.getItem(PLACE + id) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Leaves nothing of an inspection on this device, or of any for who logs out. */
export function forget(id = "") {
  for (const key of Object.keys(localStorage)) {
    if (id ? key === PLACE + id : key.startsWith(PLACE)) localStorage.removeItem(key);
  }
}

/** Keeps what is marked so far: on this device at once, and on the server as soon as there is a network. */
export function useDraft(of: StationInspectionSheet) {
  const client = useQueryClient();
  const seen = useRef(of.drafted_at ?? null);
  const [begun] = useState(() => {
    const here = unsent(of.id);
    // What somebody else kept meanwhile is newer than what waited here.
    return (here?.seen === seen.current ? here.draft : of.draft) ?? undefined;
  });
  const [said, say] = useState("");
  const [problem, refuse] = useState<Problem>();
  const busy = useRef(false);
  const keep = useCallback(
    (draft: InspectionDraft) => {
      try {
        localStorage.setItem(PLACE + of.id, JSON.stringify({ seen: seen.current, draft }));
        say("正在保存…");
      } catch {
        say("这台设备没有空间暂存，请不要关闭本页。");
      }
    },
    [of.id],
  );
  useEffect(() => {
    if (problem) return;
    const send = async () => {
      const here = unsent(of.id);
      if (!here || here.seen !== seen.current || busy.current) return;
      busy.current = true;
      try {
        const path = `/station-inspections/${of.id}/draft`;
        const { drafted_at } = await post<{ drafted_at: string }>(path, { ...here.draft, seen: here.seen });
        seen.current = drafted_at;
        // Whoever comes back to this page begins with this, not with what the server said at first.
        const kept = (now?: StationInspectionSheet) => now && { ...now, draft: here.draft, drafted_at };
        client.setQueryData(["/station-inspections", of.id], kept);
        const now = unsent(of.id);
        if (JSON.stringify(now?.draft) !== JSON.stringify(here.draft)) {
          if (now) keep(now.draft);
        } else {
          forget(of.id);
          say("已保存。可以关闭本页，以后接着登记。");
        }
      } catch (error) {
        if (error instanceof Problem && error.isFinal) refuse(error);
        else say("没有网络，已记在本机；回到本页联网后自动保存。");
      } finally {
        busy.current = false;
      }
    };
    const timer = setInterval(send, AGAIN);
    window.addEventListener("online", send);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", send);
    };
  }, [client, of.id, problem, keep]);
  return { begun, keep, said: problem ? "没有保存。" : said, problem };
}

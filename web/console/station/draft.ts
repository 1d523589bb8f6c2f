import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { Problem, post } from "../../client/http";
import type { InspectionDraft, Session, StationInspectionSheet } from "../../client/types";
import { store as hold, keptUnder, keptValue } from "../../shared/store";

/** Whose marks: the next on this device may be somebody else. */
export type Account = Session["account"];

/** What an inspector marked and the server doesn't know yet, on top of what was kept there when. */
export interface Unsent {
  seen: string | null;
  /** When he marked last, by this device's clock, in milliseconds since 1970. */
  at: number;
  draft: InspectionDraft;
}

/** How often what is not kept yet is sent, in milliseconds. */
const AGAIN = 5_000;

const place = (by: Account, id: string) => `niangjia/inspection/${by}/${id}`;

/** What somebody marked of an inspection on this device and the server doesn't know yet. */
export const unsent = (by: Account, id: string) => keptValue(place(by, id)) as Unsent | undefined;

/** Keeps on this device what somebody marked on top of what he had seen; answers whether there was room. */
export const store = (by: Account, id: string, seen: string | null, draft: InspectionDraft) =>
  hold(place(by, id), JSON.stringify({ seen, at: Date.now(), draft } satisfies Unsent));

/** Leaves nothing of an inspection that somebody marked on this device, or of any when he logs out. */
export function forget(by: Account, id = "") {
  const own = place(by, id);
  for (const key of id ? [own] : keptUnder(own)) hold(key, undefined);
}

/** Whether marks were kept by the server that are not those on which somebody's unsent ones are laid. */
export function isOvertaken(by: Account, of: StationInspectionSheet): boolean {
  const here = unsent(by, of.id);
  return here !== undefined && Boolean(of.drafted_at) && here.seen !== of.drafted_at;
}

/** Whether the server refuses marks because another inspector kept his first. */
export const isOvertaking = (error: unknown) => error instanceof Problem && error.code === "inspection_overtaken";

/**
 * Keeps what is marked so far: on this device at once, and on the server as soon as there is a network, unless another inspector
 * was faster.
 */
export function useDraft(by: Account, of: StationInspectionSheet, overtaken: () => void) {
  const client = useQueryClient();
  const seen = useRef(of.drafted_at ?? null);
  const [begun] = useState(() => {
    const here = unsent(by, of.id);
    return (here?.seen === seen.current ? here.draft : of.draft) ?? undefined;
  });
  const [said, say] = useState("");
  const [problem, refuse] = useState<Problem>();
  const busy = useRef(false);
  const keep = useCallback(
    (draft: InspectionDraft) => {
      const isKept = store(by, of.id, seen.current, draft);
      say(isKept ? "正在保存…" : "这台设备没有空间暂存，请不要关闭本页。");
    },
    [by, of.id],
  );
  useEffect(() => {
    if (problem) return;
    const send = async () => {
      const here = unsent(by, of.id);
      if (!here || here.seen !== seen.current || busy.current) return;
      busy.current = true;
      try {
        const path = `/station-inspections/${of.id}/draft`;
        const { drafted_at } = await post<{ drafted_at: string }>(path, { ...here.draft, seen: here.seen });
        seen.current = drafted_at;
        // Whoever comes back to this page begins with this, not with what the server said at first.
        const kept = (now?: StationInspectionSheet) =>
          now && { ...now, draft: here.draft, drafted_by: null, drafted_at };
        client.setQueryData(["/station-inspections", of.id], kept);
        const now = unsent(by, of.id);
        if (JSON.stringify(now?.draft) !== JSON.stringify(here.draft)) {
          if (now) keep(now.draft);
        } else {
          forget(by, of.id);
          say("已保存。可以关闭本页，以后接着登记。");
        }
      } catch (error) {
        if (error instanceof Problem && error.isFinal) refuse(error);
        else say("没有网络，已记在本机；回到本页联网后自动保存。");
        if (isOvertaking(error)) overtaken();
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
  }, [client, by, of.id, problem, keep, overtaken]);
  return { begun, seen, keep, said: problem ? "没有保存。" : said, problem };
}

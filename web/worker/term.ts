import type { TermStanding } from "../client/types";
import { day } from "../shared/words";

/** Until when the union answers what I asked; while that stands still, since when and why. */
export function answered(term: TermStanding | null | undefined, due: string | null | undefined): string {
  const pause = term?.state === "paused" ? term.pauses.at(-1) : undefined;
  if (pause) return `${day(pause.from)}起暂停办理（${pause.reason}）`;
  return due ? `${day(due)}前答复` : "答复期限等国家公布放假安排后确定";
}

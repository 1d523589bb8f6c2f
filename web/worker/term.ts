import type { TermStanding } from "../client/types";
import { day } from "../shared/words";

/** That the union should have answered by a day, and whom to tell. */
export const late = (due: string | null | undefined): string => `应在${day(due)}前答复，已超期，可拨打 12351 反映`;

/** Until when the union answers what I asked; while that stands still, since when and why. */
export function answered(term: TermStanding | null | undefined, due: string | null | undefined): string {
  const pause = term?.state === "paused" ? term.pauses.slice(-1)[0] : undefined;
  if (pause) return `${day(pause.from)}起暂停办理（${pause.reason}）`;
  if (term?.state === "overdue") return late(due);
  return due ? `${day(due)}前答复` : "答复期限等国家公布放假安排后确定";
}

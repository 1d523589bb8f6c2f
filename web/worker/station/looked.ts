import type { NewRound } from "../../client/types";
import { dayOf } from "../../shared/words";
import type { Kept } from "./queue";
import type { Choices } from "./remembered";

/** Which looks round were made on a day, those among them that wait on the phone: without a network the server knows of none. */
export function looked(rounds: Choices["rounds"], waiting: Kept[], day: string): Set<NewRound["kind"]> {
  const kept = waiting.flatMap((one) =>
    one.to === "rounds" && dayOf(Date.parse(one.body.happened_at ?? "")) === day ? [one.body.kind] : [],
  );
  return new Set([...rounds.filter((round) => round.day === day).map((round) => round.kind), ...kept]);
}

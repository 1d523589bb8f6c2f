import type { PlanBoard } from "../../client/types";
import { TONES } from "../parts/tones";
import { STATES } from "./words";

interface StatesProps {
  counts: PlanBoard["counts"];
  /** The state that is shown; all if empty. */
  chosen: string;
  choose: (state: string) => void;
}

/** How many indicators stand where; pressing one shows only these. */
export function States({ counts, chosen, choose }: StatesProps) {
  const labels: [keyof PlanBoard["counts"], string, string][] = [
    ...Object.entries(STATES).map(
      ([state, { label, tone }]) => [state, label, TONES[tone]] as [keyof PlanBoard["counts"], string, string],
    ),
    ["without_target", "未定目标", "var(--quiet)"],
  ];
  return (
    <div className="states">
      {labels
        .filter(([state]) => counts[state] > 0 || state === chosen)
        .map(([state, label, colour]) => (
          <button
            key={state}
            type="button"
            aria-pressed={chosen === state}
            onClick={() => choose(chosen === state ? "" : state)}
          >
            <b style={{ color: colour }}>{counts[state]}</b>
            {label}
          </button>
        ))}
    </div>
  );
}

import { useState } from "react";
import type { Query } from "../../client/http";

/**
 * Rows that are chosen of a list, while it is asked for in the same way: nobody settles or approves with a click what a change
 * of the filter, or of the union, took out of his sight.
 */
export function useChosen<T>(asked: Query): [T[], (rows: T[]) => void] {
  const of = JSON.stringify(asked);
  const [chosen, choose] = useState<{ of: string; rows: T[] }>({ of, rows: [] });
  return [chosen.of === of ? chosen.rows : [], (rows) => choose({ of, rows })];
}

import { useQueries } from "@tanstack/react-query";
import type { ApprovalBoard, QuarterApproval, Waiting } from "../../client/types";
import { useOrganisation } from "../parts/organisation";
import { latestYear, quarterBoard } from "../plan/quarter-board";
import { useMay, useToday } from "../session";

/** How many quarters stand so, of the organisation itself or of those below it. */
function counted(board: ApprovalBoard | undefined, own: boolean, state: QuarterApproval["state"]): number {
  const rows = (board?.rows ?? []).filter((row) => row.own === own);
  return rows.flatMap((row) => row.quarters).filter((one) => one.state === state).length;
}

/** The last day of a quarter: 2026Q2 → 2026-06-30. */
const lastDay = (quarter: string) =>
  `${quarter.slice(0, 4)}-${["03-31", "06-30", "09-30", "12-31"][Number(quarter[5]) - 1]}`;

/**
 * Own quarters that ended and were not handed up: the last one, and older ones that were forgotten. What ended before anything
 * was handed up here is nobody's duty any more.
 */
function missing(boards: (ApprovalBoard | undefined)[]): string[] {
  const own = boards.flatMap((board) => board?.rows.filter((row) => row.own) ?? []);
  const handedUp = own.flatMap((row) => row.quarters.map((one) => one.quarter)).sort();
  const over = own.length > 0 ? boards.flatMap((board) => board?.over ?? []).sort() : [];
  const since = handedUp[0] ?? over.slice(-1)[0] ?? "";
  const founded = own[0]?.founded_on ?? "";
  return over.filter((quarter) => quarter >= since && founded <= lastDay(quarter) && !handedUp.includes(quarter));
}

/**
 * Quarters of this year and the last that were handed up from below and are to be decided on, own ones given back, and own ones
 * that are to be handed up.
 */
export function useQuarters() {
  const may = useMay();
  const [organisation] = useOrganisation();
  const today = useToday();
  const thisYear = Number(today.slice(0, 4));
  const years = [...new Set([latestYear(today), thisYear - 1])];
  const [decides, submits] = [may("plan.approve_quarter"), may("plan.submit_quarter")];
  const asked = useQueries({
    queries: years.map((year) => ({
      ...quarterBoard(organisation, year),
      enabled: may("plan.view") && (decides || submits) && organisation !== "" && thisYear > 0,
    })),
  });
  // Of one year alone nobody knows whether anything was handed up before.
  const late = submits && asked.every((one) => one.data) ? missing(asked.map((one) => one.data)) : [];
  const rows: Waiting[] = years.flatMap((year, at) => [
    {
      code: `plan.quarters_handed_up.${year}`,
      label: `待审定的${year}年季度数据`,
      count: decides ? counted(asked[at]?.data, false, "submitted") : 0,
      path: `/quarters?year=${year}`,
    },
    {
      code: `plan.quarters_given_back.${year}`,
      label: `被退回、待重新报送的${year}年季度数据`,
      count: submits ? counted(asked[at]?.data, true, "returned") : 0,
      path: `/quarters?year=${year}`,
    },
    {
      code: `plan.quarters_to_hand_up.${year}`,
      label: `待报送的${year}年季度数据`,
      count: late.filter((quarter) => quarter.startsWith(`${year}`)).length,
      path: `/quarters?year=${year}`,
    },
  ]);
  return { rows, asked };
}

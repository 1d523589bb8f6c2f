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

/** Quarters of this year and the last that were handed up from below and are to be decided on, and own ones given back. */
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
  ]);
  return { rows, asked };
}

import { get } from "../../client/http";
import type { ApprovalBoard } from "../../client/types";

/** How the quarters of a year stand, of an organisation and of those below it. */
export const quarterBoard = (organisation: string, year: number) => ({
  queryKey: ["/quarter-approvals", organisation, year],
  queryFn: () => get<ApprovalBoard>("/quarter-approvals", { organisation, year }),
});

/** The latest year of which a quarter has ended: of a young year none has. */
export const latestYear = (today: string): number => Number(today.slice(0, 4)) - (today.slice(5) < "04" ? 1 : 0);

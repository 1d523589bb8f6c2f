import { useQuery } from "@tanstack/react-query";
import { every } from "../../client/every";
import { get, Problem } from "../../client/http";
import type { Budget, OrganisationDetail, PlanRow } from "../../client/types";
import { useMay } from "../session";

/** A line of a budget, and the plan that has it. */
interface PlanLine {
  name: string;
  left_fen: number;
  plan: string;
}

/** The lines of the budgets that pay for what an organisation does in a year. */
export interface PlanLines {
  year: string;
  lines: PlanLine[];
  /** Whether these are all; the budget of an organisation above one's own is not shown. */
  all: boolean;
}

/** The published plans of a year, of the organisation and those above it, the nearest first: in this order a payment is booked. */
async function plansOf(organisation: string, year: string): Promise<PlanRow[]> {
  const { path } = await get<OrganisationDetail>(`/organisations/${organisation}`);
  const upwards = path.map((one) => one.id).reverse();
  const found = await every<PlanRow>("/plans", { year, carried_out_by: organisation });
  const plans = found.filter((one) => one.state === "published");
  return plans.sort((a, b) => upwards.indexOf(a.organisation_id) - upwards.indexOf(b.organisation_id));
}

async function linesOf(organisation: string, year: string): Promise<PlanLines> {
  const shown: PlanLines = { year, lines: [], all: true };
  for (const plan of await plansOf(organisation, year)) {
    try {
      const budget = await get<Budget>(`/plans/${plan.id}/budget`);
      const fresh = budget.items.filter((one) => shown.lines.every((known) => known.name !== one.name));
      shown.lines.push(...fresh.map(({ name, left_fen }) => ({ name, left_fen, plan: plan.title })));
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 404) throw problem;
      shown.all = false;
    }
  }
  return shown;
}

/** The same, as far as one may see plans. */
export function usePlanLines(organisation: string | undefined, year: string | undefined) {
  const may = useMay()("plan.view");
  const asked = useQuery({
    queryKey: ["/plans", "lines", organisation, year],
    queryFn: () => linesOf(organisation ?? "", year ?? ""),
    enabled: may && !!organisation && !!year,
    staleTime: 60_000,
  });
  return asked.data;
}

/** The line of this name, if one is known. */
export const lineOf = (shown: PlanLines | undefined, name: string) => shown?.lines.find((one) => one.name === name);

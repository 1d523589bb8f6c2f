import { useQuery, useQueryClient } from "@tanstack/react-query";
import { get } from "../../client/http";
import type { OfferBudget, OfferView } from "../../client/types";
import { yuan } from "../../shared/words";

const question = (offer: OfferView) => ({
  queryKey: ["benefit-offer", offer.id, "budget", offer.version, offer.total, offer.let_over],
  queryFn: () => get<OfferBudget>(`/benefit-offers/${offer.id}/budget`),
});

/** What an offer may cost, held against its line of the budget as publishing does. */
export function useCost(offer: OfferView) {
  const { data, isError } = useQuery(question(offer));
  return costOf(offer, data, isError);
}

/** Asks the same once it is wanted, whatever was known before: the line pays for others, too. */
export function useAskCost(offer: OfferView) {
  const client = useQueryClient();
  return async () => {
    try {
      return costOf(offer, await client.fetchQuery({ ...question(offer), staleTime: 0 }), false);
    } catch {
      return costOf(offer, undefined, true);
    }
  };
}

/** Of the offer as it is, or with so many fen more. */
function costOf(offer: OfferView, budget: OfferBudget | undefined, isError: boolean) {
  const left = budget?.left_fen ?? undefined;
  const need = (more: number) => (budget?.need_fen ?? 0) + more;
  const isFree = (more: number) => offer.total * offer.unit_fen + more === 0;
  return {
    refused: budget?.refused ?? undefined,
    isOver: (more = 0) => left !== undefined && !isFree(more) && need(more) > left,
    budget: (more = 0): string => {
      if (offer.budget_line === "") return "没有填写经费项目，付款不列入年度计划的经费。";
      if (!budget) return isError ? "现在查不到经费项目的余额。" : "";
      if (left === undefined) {
        const year = offer.redeem_from.slice(0, 4);
        return `${year}年已发布的计划里没有经费项目“${offer.budget_line}”，付款时不能列支。`;
      }
      const over = need(more) - left;
      const beyond = over > 0 ? `，超出 ${yuan(over)} 元` : "";
      return `经费项目“${offer.budget_line}”余额 ${yuan(left)} 元，用它的服务最多还要支出 ${yuan(need(more))} 元${beyond}。`;
    },
  };
}

import type { OfferView } from "../../client/types";
import { yuan } from "../../shared/words";
import { lineOf, type PlanLines, usePlanLines } from "./budget-lines";

/** What the year's plans say of what an offer may cost, as far as one sees them, and whether it is more than its line has left. */
export function useCost(offer: OfferView) {
  const { shown, asking } = usePlanLines(offer.organisation_id, offer.redeem_from.slice(0, 4));
  const line = lineOf(shown, offer.budget_line);
  return {
    asking,
    isOver: (most: number) => line !== undefined && most > line.left_fen,
    budget: (most: number) => budget(offer, most, shown),
  };
}

function budget(offer: OfferView, most: number, shown: PlanLines | undefined): string {
  if (offer.budget_line === "") return "没有填写经费项目，付款不列入年度计划的经费。";
  const line = lineOf(shown, offer.budget_line);
  if (line) {
    const over = most - line.left_fen;
    const beyond = over > 0 ? `，超出 ${yuan(over)} 元` : "";
    return `经费项目“${line.name}”余额 ${yuan(line.left_fen)} 元${beyond}（余额没有扣除已发布、还没有付款的服务）。`;
  }
  if (shown?.all) return `${shown.year}年已发布的计划里没有经费项目“${offer.budget_line}”，付款时不能列支。`;
  return "";
}

import { post } from "../../client/http";
import type { OfferView } from "../../client/types";
import { count, yuan } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { lineOf, type PlanLines, usePlanLines } from "./budget-lines";

interface PublishProps {
  offer: OfferView;
  done: (offer: OfferView) => void;
}

/** Publishes a draft, after it is said what it may cost and what the line of the budget has left. */
export function PublishButton({ offer, done }: PublishProps) {
  const { shown, asking } = usePlanLines(offer.organisation_id, offer.redeem_from.slice(0, 4));
  const most = offer.total * offer.unit_fen;
  const line = lineOf(shown, offer.budget_line);
  const over = line !== undefined && most > line.left_fen;
  return (
    <ConfirmButton<OfferView>
      type="primary"
      // Whoever is quicker than the answer would not be warned.
      disabled={asking}
      question={{
        title: over ? "可能超出经费项目的余额，仍要发布？" : "发布这项服务？",
        text: (
          <>
            <p>
              共 {count(offer.total)} {offer.unit}，本次最多支出 {yuan(most)} 元。{budget(offer, most, shown)}
            </p>
            <p>发布后职工可以看到，只能更正说明、延期、增加核销点、改经费项目和改动未开放的场次。</p>
          </>
        ),
        okText: over ? "仍要发布" : "发布",
      }}
      run={(sending) => post<OfferView>(`/benefit-offers/${offer.id}/publish`, undefined, sending)}
      done={done}
    >
      发布
    </ConfirmButton>
  );
}

/** What the year's plans say of it, as far as one sees them. */
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

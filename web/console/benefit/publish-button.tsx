import { post } from "../../client/http";
import type { OfferView } from "../../client/types";
import { count, yuan } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { useCost } from "./cost";

interface PublishProps {
  offer: OfferView;
  done: (offer: OfferView) => void;
}

/** Publishes a draft, after it is said what it may cost and what the line of the budget has left. */
export function PublishButton({ offer, done }: PublishProps) {
  const { asking, isOver, budget } = useCost(offer);
  const most = offer.total * offer.unit_fen;
  const over = isOver(most);
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
              共 {count(offer.total)} {offer.unit}，本次最多支出 {yuan(most)} 元。{budget(most)}
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

import { App, Button } from "antd";
import { useState } from "react";
import { post } from "../../client/http";
import type { OfferView } from "../../client/types";
import { count, yuan } from "../../shared/words";
import { useConfirm } from "../parts/acts";
import { useAskCost } from "./cost";

interface PublishProps {
  offer: OfferView;
  done: (offer: OfferView) => void;
}

/** Publishes a draft, after it is said what it may cost and what the line of the budget has left, or why it can't be. */
export function PublishButton({ offer, done }: PublishProps) {
  const { modal } = App.useApp();
  const confirm = useConfirm();
  const askCost = useAskCost(offer);
  const [asking, ask] = useState(false);
  const publish = async () => {
    ask(true);
    const cost = await askCost();
    ask(false);
    if (cost.refused) {
      modal.warning({ title: "按规则现在不能发布", content: cost.refused, okText: "知道了" });
      return;
    }
    const most = offer.total * offer.unit_fen;
    const over = cost.isOver();
    const question = {
      title: over ? "可能超出经费项目的余额，仍要发布？" : "发布这项服务？",
      text: (
        <>
          <p>
            共 {count(offer.total)} {offer.unit}，本次最多支出 {yuan(most)} 元。{cost.budget()}
          </p>
          <p>发布后职工可以看到，只能更正说明、延期、增加核销点、改经费项目和改动未开放的场次。</p>
        </>
      ),
      okText: over ? "仍要发布" : "发布",
    };
    confirm(question, (sending) => post<OfferView>(`/benefit-offers/${offer.id}/publish`, undefined, sending), done);
  };
  return (
    <Button type="primary" loading={asking} onClick={publish}>
      发布
    </Button>
  );
}

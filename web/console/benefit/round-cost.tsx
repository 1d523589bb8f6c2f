import { Alert, Form } from "antd";
import type { OfferRound, OfferView } from "../../client/types";
import { yuan } from "../../shared/words";
import { useCost } from "./cost";

/** What the round that is typed may cost beyond what was published, and what the line of the budget has left. */
export function RoundCost({ offer, before }: { offer: OfferView; before?: OfferRound }) {
  const { isOver, budget } = useCost(offer);
  const total = Form.useWatch<number | undefined>(["round", "total"]) ?? 0;
  const more = (total - (before?.total ?? 0)) * offer.unit_fen;
  if (more <= 0) return null;
  const text = `最多增加支出 ${yuan(more)} 元。${budget(more)}`;
  return <Alert type={isOver(more) ? "warning" : "info"} showIcon role="status" title={text} />;
}

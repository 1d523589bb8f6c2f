import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { Problem } from "../../client/http";
import type { CardCheck } from "../../client/types";
import { day } from "../../shared/words";
import { ask } from "../ask";
import { Failed, Frame, Loading } from "../frame";

/** What the QR code of a card opens: whether it holds. Anybody may look; the name is masked. */
export function CheckPage() {
  const { token = "" } = useParams();
  const asked = useQuery({
    queryKey: ["check", token],
    queryFn: ({ signal }) => ask<CardCheck>(`/public/card/${encodeURIComponent(token)}`, {}, signal),
    // It was checked when it was shown. Its code runs out: asked again by itself, the page would say that it doesn't hold.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { error } = asked;
  const refused = error instanceof Problem && error.isFinal ? error : undefined;
  return (
    <Frame title="会员证核验" home={false}>
      {asked.isPending && <Loading />}
      {refused && (
        <div className="check no" role="alert">
          <p className="display">不能核验</p>
          <p>{refused.message}</p>
          <p>请持证人打开“我的会员证”，重新出示二维码。</p>
        </div>
      )}
      {asked.isError && !refused && <Failed error={error} again={() => asked.refetch()} />}
      {asked.data && <Checked card={asked.data} />}
    </Frame>
  );
}

function Checked({ card }: { card: CardCheck }) {
  return (
    <div className={card.valid ? "check yes" : "check no"} role="status">
      <p className="display">{card.valid ? "✓ 会员证有效" : "✕ 已不是会员"}</p>
      <dl className="facts">
        <dt>姓名</dt>
        <dd>{card.name}</dd>
        <dt>工会</dt>
        <dd>{card.organisation}</dd>
        <dt>会籍</dt>
        <dd>{card.state_label}</dd>
        {card.since && (
          <>
            <dt>入会</dt>
            <dd>{day(card.since)}</dd>
          </>
        )}
      </dl>
      <p className="quiet small">姓名已遮盖，请与持证人核对。</p>
    </div>
  );
}

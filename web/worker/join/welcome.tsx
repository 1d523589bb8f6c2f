import { Link } from "react-router";
import type { JoinAnswer } from "../../client/types";
import { Frame } from "../frame";
import { isMember } from "../standing";

/** What one reads after joining: who he is now, and what is given. */
export function Welcome({ answer }: { answer: JoinAnswer }) {
  const member = isMember(answer.state);
  const title = answer.already ? "您已办理过" : member ? "欢迎回到娘家" : "申请已收到";
  return (
    <Frame title={title} home={false}>
      <div className="welcome" role="status">
        <span className={member ? "seal" : "seal waiting"} aria-hidden="true">
          {member ? "会员" : "待批"}
        </span>
        <p>{answer.message}</p>
      </div>
      <dl className="facts">
        <dt>工会</dt>
        <dd>{answer.organisation}</dd>
        {answer.card_number && (
          <>
            <dt>会员证号</dt>
            <dd className="figure">{spaced(answer.card_number)}</dd>
          </>
        )}
      </dl>
      {answer.gifts.length > 0 && (
        <section className="gifts" aria-label="入会礼遇">
          {answer.gifts.map((gift) => (
            <p key={gift.name}>
              <span className={`gift ${gift.kind}`} aria-hidden="true" />
              {gift.name}
              {gift.kind === "kit" && <span className="quiet">（凭会员证二维码在现场领取）</span>}
            </p>
          ))}
        </section>
      )}
      <Link className="main" to={member ? "/card" : "/"}>
        {member ? "看我的会员证" : "进入我的娘家"}
      </Link>
    </Frame>
  );
}

/** A card's number in groups of four, as it is read out. */
const spaced = (number: string) => number.replace(/(.{4})(?=.)/g, "$1 ");

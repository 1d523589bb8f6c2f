import { Link } from "react-router";
import { timeNow } from "../../client/clock";
import type { Me, PublicEvent } from "../../client/types";
import { minute, span } from "../../shared/words";
import { isMember, waits } from "../standing";
import { BENEFITS, LEAD } from "./benefits";

interface IntroProps {
  event: PublicEvent;
  /** Whoever is logged in on this phone. */
  me?: Me;
  start: () => void;
}

/** What one sees first: what this is, where, who takes part, what is given; a member, that he is one. */
export function Intro({ event, me, start }: IntroProps) {
  const member = isMember(me?.member?.state);
  const waiting = me && waits(me);
  return (
    <>
      <dl className="facts">
        <dt>地点</dt>
        <dd>{event.place}</dd>
        <dt>时间</dt>
        <dd className="when">{span(event.starts_at, event.ends_at)}</dd>
        <dt>加入</dt>
        <dd>
          {event.unions
            .slice(0, 3)
            .map((union) => union.name)
            .join("、")}
          {event.unions.length > 3 && ` 等 ${event.unions.length} 家工会`}
        </dd>
      </dl>
      {event.gifts.length > 0 && (
        <section className="gifts" aria-label="入会礼遇">
          {event.gifts.map((gift) => (
            <p key={gift.name}>
              <span className={`gift ${gift.kind}`} aria-hidden="true" />
              {gift.name}
            </p>
          ))}
        </section>
      )}
      {member && (
        <>
          <p className="note">您已是“{me?.member?.organisation}”的会员，一人只有一个会籍，不用再次入会。</p>
          <Link className="main" to="/card">
            看我的会员证
          </Link>
        </>
      )}
      {waiting && <p className="note">{waiting}在这里申请同一家工会，按本次活动的办法审批。</p>}
      {event.open ? (
        <button type="button" className={member ? "plain wide" : "main stay"} onClick={start}>
          {member ? "转到这里的工会，或替别人入会" : "我要入会（约 1 分钟）"}
        </button>
      ) : (
        <p className="note" role="status">
          {!event.closed && Date.parse(event.starts_at) > timeNow()
            ? `报名定于 ${minute(event.starts_at)} 开始，到时再扫码；有变动的，以活动通知为准。`
            : "报名已经结束。请留意下一次活动，或直接联系所在地工会，也可拨打 12351。"}
        </p>
      )}
      {member && event.open && (
        <p className="quiet small">转会期间会籍和服务不变；替别人入会后，这部手机改由他登录。</p>
      )}
      <p>{LEAD}</p>
      <h2>入会十件实惠</h2>
      <ol className="benefits">
        {BENEFITS.map(([name, text]) => (
          <li key={name}>
            <b>{name}</b>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      <p className="quiet small">具体项目和条件以您所在工会的安排为准。</p>
    </>
  );
}

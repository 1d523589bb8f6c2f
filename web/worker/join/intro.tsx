import type { PublicEvent } from "../../client/types";
import { span } from "../../shared/words";
import { BENEFITS, LEAD } from "./benefits";

/** What one sees first: what this is, where, who takes part, what is given. */
export function Intro({ event, start }: { event: PublicEvent; start: () => void }) {
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
      {event.open ? (
        <button type="button" className="main stay" onClick={start}>
          我要入会（约 1 分钟）
        </button>
      ) : (
        <p className="note" role="status">
          现在不在报名时间内。请留意活动通知，或直接联系所在地工会，也可拨打 12351。
        </p>
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

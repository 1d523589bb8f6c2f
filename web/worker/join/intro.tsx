import type { PublicEvent } from "../../client/types";
import { span } from "../../shared/words";

/** What the union does for its members. In general words: what exactly, and for whom, each union decides. */
const BENEFITS = [
  ["遇事有人帮", "劳动报酬、工伤、合同有纠纷，工会帮您协商、调解"],
  ["免费法律援助", "咨询、代写文书、代理仲裁诉讼，不收费"],
  ["12351 热线", "有诉求打电话，件件有答复"],
  ["入会礼遇", "符合条件的新会员可领入会礼包"],
  ["意外和医疗保障", "参加职工互助保障，出险有补助"],
  ["困难有帮扶", "患大病、遇灾害、子女上学困难，可申请帮扶"],
  ["节日有慰问", "两节送温暖、夏送清凉、冬送关怀"],
  ["健康和疗休养", "免费体检、职工疗休养"],
  ["学技能、提学历", "技能培训、技能竞赛、求学圆梦"],
  ["驿站歇歇脚", "工会驿站饮水、热饭、充电、休息"],
] as const;

/** What one sees first: what this is, where, who takes part, what is given. */
export function Intro({ event, start }: { event: PublicEvent; start: () => void }) {
  return (
    <>
      <dl className="facts">
        <dt>地点</dt>
        <dd>{event.place}</dd>
        <dt>时间</dt>
        <dd>{span(event.starts_at, event.ends_at)}</dd>
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
      <h2>入会十件实惠</h2>
      <ol className="benefits">
        {BENEFITS.map(([name, text]) => (
          <li key={name}>
            <b>{name}</b>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      <p className="quiet small">具体项目和条件以您所在工会的安排为准。入会自愿，不收取报名费。</p>
    </>
  );
}

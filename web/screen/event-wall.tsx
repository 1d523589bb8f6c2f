import { useQuery } from "@tanstack/react-query";
import { get, Problem, sentence } from "../client/http";
import { useLive } from "../client/live";
import type { EventView, LiveEvent } from "../client/types";
import { count, span } from "../shared/words";
import { Bars } from "./bars";
import { Growing } from "./growing";
import { Latest } from "./latest";
import { isOver, Say } from "./say";

/**
 * Asked again this often: the event may be changed or closed, an officer's log-in ends when nothing is asked, and of a network
 * that went away the stream alone would not tell.
 */
const AGAIN = 60_000;

/** The hall's wall: how many joined, growing while people watch. No personal data but masked names. */
export function EventWall({ id }: { id: string }) {
  const asked = useQuery({
    queryKey: ["event", id],
    queryFn: ({ signal }) => get<EventView>(`/events/${id}`, {}, signal),
    refetchInterval: AGAIN,
  });
  const live = useLive<LiveEvent>(asked.data ? `/events/${id}/live` : null, asked.errorUpdateCount);
  if (asked.error instanceof Problem && asked.error.status === 401) return <LogIn />;
  if (isOver(asked)) return <Say title="打不开这块大屏">{sentence(asked.error)}</Say>;
  if (!asked.data) return <Say title="正在打开…">正在连接服务器</Say>;
  return <Wall event={asked.data} live={live.data} state={asked.isError ? "lost" : live.state} />;
}

function LogIn() {
  return (
    <Say title="请先登录">
      现场大屏要用工会干部账号打开：请在这台电脑的浏览器里<a href="/">登录工作台</a>，再回到本页。
    </Say>
  );
}

const STATES = { connecting: "正在连接…", live: "实时", lost: "网络中断，正在重连；人数为断开前的" };

function Wall({ event, live, state }: { event: EventView; live?: LiveEvent; state: keyof typeof STATES }) {
  const counts = live ?? event.counts;
  return (
    <main className="wall">
      <header>
        <h1>{event.title}</h1>
        <p>
          {event.place} · {span(event.starts_at, event.ends_at)}
        </p>
        <p className={`state ${state}`} role="status">
          {STATES[state]}
        </p>
      </header>
      <section className="big" aria-label="入会人数">
        <p className="label">已有</p>
        <Growing to={counts.joined} />
        <p className="label">位职工报名入会</p>
        <dl>
          <div>
            <dt>已批准</dt>
            <dd>
              {count(counts.approved)}
              <small> 人</small>
            </dd>
          </div>
          {event.kits_total > 0 && (
            <>
              <div>
                <dt>礼包已发</dt>
                <dd>
                  {count(counts.kits_given)}
                  <small> 份</small>
                </dd>
              </div>
              <div>
                <dt>礼包还有</dt>
                <dd>
                  {count(counts.kits_left)}
                  <small> 份</small>
                </dd>
              </div>
            </>
          )}
        </dl>
        {live && live.by_gate.length > 0 && (
          <ul className="gates" aria-label="礼包发放台">
            {live.by_gate.map((one) => (
              <li key={one.gate}>
                {one.gate}：{one.left == null ? `已发 ${count(one.kits)}` : `还有 ${count(one.left)} 份`}
                {one.waiting > 0 && `，排队 ${count(one.waiting)} 人`}
              </li>
            ))}
          </ul>
        )}
      </section>
      <Bars
        title="各工会"
        unit="人"
        empty="等第一位职工扫码…"
        more="家工会有职工报名"
        bars={(live?.by_organisation ?? []).map((one) => ({
          key: one.organisation_id,
          name: one.organisation,
          value: one.joined,
        }))}
      />
      <aside>
        {event.open ? (
          <figure>
            <img src={`/api/v1/events/${event.id}/qr.svg`} alt="入会二维码" />
            <figcaption>微信扫一扫，一分钟入会</figcaption>
          </figure>
        ) : (
          <p className="closed">现在不在报名时间</p>
        )}
        <Latest people={live?.recent ?? []} />
      </aside>
    </main>
  );
}

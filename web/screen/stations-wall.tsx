import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { get, Problem, sentence } from "../client/http";
import type { StationNeed, StationUse, UseFigure } from "../client/types";
import { verdict } from "../shared/need";
import { count, day, fromTo, minuteOf } from "../shared/words";
import { Bars } from "./bars";
import { Growing } from "./growing";
import { isOver, Say } from "./say";

/** Asked again this often. */
const AGAIN = 15_000;
/** One side after another, so that each can be read from far. */
const TURN = 20_000;
/** What is so old says so, though no question failed: one hangs while a network is away that went without a word. */
const OLD = 45_000;

/** The wall of the stations: who comes, when, and what for. No personal data. */
export function StationsWall({ organisation }: { organisation?: string }) {
  const asked = useQuery({
    queryKey: ["station-use", organisation],
    queryFn: ({ signal }) => get<StationUse>("/stations/use", { organisation }, signal),
    refetchInterval: AGAIN,
  });
  if (asked.error instanceof Problem && asked.error.status === 401) {
    return (
      <Say title="请先登录">
        驿站大屏要用工会干部账号打开：请在这台电脑的浏览器里<a href="/">登录工作台</a>，再回到本页。
      </Say>
    );
  }
  if (isOver(asked)) return <Say title="打不开这块大屏">{sentence(asked.error)}</Say>;
  if (!asked.data) return <Say title="正在打开…">正在连接服务器</Say>;
  const { data, isError, dataUpdatedAt, refetch } = asked;
  return <Wall shown={data} failed={isError} since={dataUpdatedAt} again={refetch} organisation={organisation} />;
}

interface WallProps {
  shown: StationUse;
  /** Whether the last question failed. */
  failed: boolean;
  /** When the figures came. */
  since: number;
  /** Asks anew, whatever still hangs. */
  again: () => void;
  organisation?: string;
}

function Wall({ shown, failed, since, again, organisation }: WallProps) {
  const asked = useQuery({
    queryKey: ["station-need", organisation],
    queryFn: ({ signal }) => get<StationNeed>("/stations/need", { organisation }, signal),
    refetchInterval: 300_000,
  });
  const need = (asked.data?.places ?? []).filter((place) => place.wanted > 0);
  const turn = useTurn();
  const side = turn % (asked.data ? 3 : 2);
  const old = Date.now() - since > OLD;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each turn it is tried once more.
  useEffect(() => {
    if (old) again();
  }, [old, turn, again]);
  const lost = failed || old;
  const bars = (figures: UseFigure[]) => figures.map((one) => ({ key: one.key, name: one.label, value: one.value }));
  return (
    <main className="wall">
      <header>
        <h1>工会驿站</h1>
        <p>
          {shown.organisation ?? "全部驿站"} · {fromTo(shown.from, shown.to)}
        </p>
        <p className={lost ? "state lost" : "state live"} role="status">
          {lost ? `网络中断，正在重连；数字截至 ${minuteOf(since)}` : "每15秒更新"}
        </p>
      </header>
      <section className="big" aria-label="今天">
        <p className="label">今天到站</p>
        <Growing to={shown.visits_today} />
        <p className="label">人次</p>
        <dl>
          <div>
            <dt>现在开放</dt>
            <dd>
              {count(shown.open_now)}
              <small> / {count(shown.stations)} 个</small>
            </dd>
          </div>
          <div>
            <dt>近期到站</dt>
            <dd>
              {count(shown.visits)}
              <small> 人次</small>
            </dd>
          </div>
          <div>
            <dt>近期服务</dt>
            <dd>
              {count(shown.services)}
              <small> 人次</small>
            </dd>
          </div>
        </dl>
      </section>
      <section className="use" aria-label="到站时段">
        <h2>几点来的人多</h2>
        <Columns figures={shown.by_hour} every={3} />
        <h2>每天到站</h2>
        <Columns figures={shown.by_day.map((one) => ({ ...one, label: day(one.key).slice(5) }))} every={6} />
      </section>
      {side === 0 ? (
        <Bars title="谁来得多" unit="人次" bars={bars(shown.by_group)} empty="还没有登记。" more="个群体" />
      ) : side === 2 ? (
        <Bars
          title="哪里缺驿站"
          unit="个"
          bars={need.map((place) => ({ key: place.organisation_id, name: place.organisation, value: place.wanted }))}
          empty={asked.data ? verdict(asked.data) : ""}
          more="处"
        />
      ) : (
        <Bars title="做了什么" unit="人次" bars={bars(shown.by_service)} empty="还没有登记服务。" more="项服务" />
      )}
    </main>
  );
}

/** Values side by side; every so many has its word below. */
function Columns({ figures, every }: { figures: UseFigure[]; every: number }) {
  const most = Math.max(1, ...figures.map((one) => one.value));
  return (
    <ol className="columns">
      {figures.map((one, place) => (
        <li key={one.key} title={`${one.label} ${count(one.value)} 人次`}>
          <i style={{ height: `${(one.value / most) * 100}%` }} />
          <small>{place % every === 0 ? one.label : ""}</small>
        </li>
      ))}
    </ol>
  );
}

/** How often the sides have turned. */
function useTurn(): number {
  const [turn, go] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => go((before) => before + 1), TURN);
    return () => clearInterval(timer);
  }, []);
  return turn;
}

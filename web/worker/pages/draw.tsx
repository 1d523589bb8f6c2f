import { useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { useParams } from "react-router";
import { address } from "../../client/http";
import type { DrawView } from "../../client/types";
import { count, minute } from "../../shared/words";
import { ask } from "../ask";
import { byHand, canReckon, LIST, listOf, reckonAgain } from "../benefit/draw";
import { Failed, Frame, Loading } from "../frame";

/** A draw, for anybody: what was promised before it, what came of it, and how to reckon it again. */
export default function DrawPage() {
  const { id = "" } = useParams();
  const asked = useQuery({
    queryKey: ["draw", id],
    queryFn: ({ signal }) => ask<DrawView>(`/public/draws/${id}`, {}, signal),
    refetchInterval: 30_000,
  });
  return (
    <Frame title="抽签公示">
      {asked.isPending && <Loading />}
      {asked.isError && <Failed error={asked.error} again={() => asked.refetch()} />}
      {asked.data && <Draw draw={asked.data} />}
    </Frame>
  );
}

function Draw({ draw }: { draw: DrawView }) {
  const pieces = draw.shares.reduce((sum, share) => sum + share.pieces, 0);
  return (
    <>
      <p className="display">{draw.title}</p>
      <dl className="facts">
        <dt>报名截止</dt>
        <dd>{minute(draw.closes_at)}</dd>
        <dt>报名</dt>
        <dd>{count(draw.entries)} 人</dd>
        <dt>名额</dt>
        <dd>{count(pieces)} 份</dd>
        <dt>抽签时间</dt>
        <dd>{drawn(draw)}</dd>
      </dl>
      <h2>公正性怎样保证</h2>
      <ol>
        <li>服务发布时、报名开始前，系统已随机生成种子并公布其 SHA-256 值，之后不能更换。</li>
        <li>
          报名截止后固定名单（只有编号，没有姓名；截止时已不符合条件的不列入），公布名单的 SHA-256
          值和种子原文。名单每行是“编号 份额”，按编号排列，每行以换行结束。
        </li>
        <li>
          每个编号的签是“种子:名单值:编号”的 SHA-256 值（64位小写十六进制）；同一份额中签最小的中签，有几份中几个。
        </li>
        <li>有人放弃或过期未用，按签值从小到大递补，递补后短信通知本人；递补时不再符合条件的跳过。</li>
        <li>任何人都可以用公布的数据重新计算，结果应完全一致。</li>
      </ol>
      <dl className="facts digests">
        <dt>种子的 SHA-256</dt>
        <dd>{draw.seed_hash}</dd>
        {draw.seed && (
          <>
            <dt>种子</dt>
            <dd>{draw.seed}</dd>
            <dt>名单的 SHA-256</dt>
            <dd>{draw.list_hash}</dd>
          </>
        )}
      </dl>
      {draw.seed && <Reckoned draw={draw} />}
    </>
  );
}

/** When it was or will be drawn. What was ended before is over without a seed. */
function drawn(draw: DrawView): string {
  if (!draw.drawn_at) return "截止后自动抽签";
  return draw.seed ? minute(draw.drawn_at) : "服务已提前结束，不再抽签";
}

/** Reckons it again on this phone. */
function Reckoned({ draw }: { draw: DrawView }) {
  const [result, tell] = useState<string>();
  const again = async () => {
    tell("正在计算…");
    try {
      tell((await reckonAgain(draw)) ?? FAIR);
    } catch {
      tell("名单没有取到，请稍后再试。");
    }
  };
  return (
    <>
      <a className="plain wide" href={address(listOf(draw.round_id))} download={LIST}>
        下载名单（编号和结果）
      </a>
      {canReckon() && (
        <button type="button" className="main wide" onClick={again}>
          在本机重新计算
        </button>
      )}
      <details>
        <summary>不用本页，自己核对</summary>
        <p>
          把名单存为“{LIST}”，每行是编号、份额和结果：won 中签，moved_up 递补，passed
          递补时跳过，没有结果的未中签。下面的命令 Linux 自带，在名单所在的文件夹里执行。
        </p>
        <dl className="facts digests">
          {draw.shares.map(({ id, pieces }) => (
            <Fragment key={id}>
              <dt>份额 {id}</dt>
              <dd>{count(pieces)} 份</dd>
            </Fragment>
          ))}
          {byHand(draw).map(({ finds, command }) => (
            <Fragment key={finds}>
              <dt>{finds}</dt>
              <dd>{command}</dd>
            </Fragment>
          ))}
        </dl>
      </details>
      <p className="note" role="status">
        {result ?? "点“在本机重新计算”，本机会下载名单并逐个核对。"}
      </p>
    </>
  );
}

const FAIR = "✓ 种子、名单、中签和递补结果全部相符。";

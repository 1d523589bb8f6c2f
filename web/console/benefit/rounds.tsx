import { Button, Space } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { timeNow } from "../../client/clock";
import { del, post, put } from "../../client/http";
import type { OfferRound, OfferView, OfferWay } from "../../client/types";
import { count, span } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { FormModal } from "../parts/form-modal";
import { PlainTable } from "../parts/plain-table";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { RoundCost } from "./round-cost";
import { RoundFields, roundForm, type TypedRound, typedRound } from "./round-fields";
import { NOT_EXPIRED } from "./words";

/** A round that is changed, and the offer's version as it was read with it. */
interface Changing {
  round: OfferRound;
  version: number;
}

interface RoundsProps {
  offer: OfferView;
  done: (offer: OfferView) => void;
  /** A round is gone, so the offer is to be asked for anew. */
  removed: () => void;
}

/**
 * The rounds of an offer and how their pieces are shared out; while it goes on, another may be added, one that has not opened
 * changed or removed, and what was set aside for a union made everybody's.
 */
export function Rounds({ offer, done, removed }: RoundsProps) {
  const [open, edit] = useState<Changing | "new">();
  const before = typeof open === "object" ? open : undefined;
  const may = useMay()("benefit.publish") && offer.state === "published" && !offer.from_above;
  return (
    <>
      <PlainTable<OfferRound>
        dataSource={offer.rounds}
        columns={[
          { title: "领取时间", render: (_, row) => span(row.opens_at, row.closes_at) },
          {
            title: "状态",
            render: (_, row) => <Standing offer={offer} round={row} />,
          },
          {
            title: "抽签",
            hidden: offer.way !== "draw",
            render: (_, row) => (
              <a href={`/w/draw/${row.id}`} target="_blank" rel="noreferrer">
                {!offer.from_above && `报名 ${count(row.entered)} 人，`}公示页
              </a>
            ),
          },
          {
            title: "推荐",
            hidden: offer.way !== "nominate" || offer.state === "draft",
            render: (_, row) => <Link to={`/nominations/${row.id}`}>推荐与公示</Link>,
          },
          { title: "总数", align: "right", hidden: offer.from_above, render: (_, row) => count(row.total) },
          { title: NOT_EXPIRED, align: "right", hidden: offer.from_above, render: (_, row) => count(row.given) },
          {
            title: offer.from_above ? "本级及下级名额（已领 / 名额，不含过期）" : "名额分配（已领 / 名额，不含过期）",
            render: (_, row) => [
              ...row.shares.map((share) => (
                <div key={share.organisation_id}>
                  {share.organisation_id === offer.organisation_id ? common(row) : share.organisation}{" "}
                  {count(share.given)} / {count(share.quota)}
                  {may && share.organisation_id !== offer.organisation_id && !isOver(row) && (
                    <ConfirmButton<OfferView>
                      type="link"
                      aria-label={`${share.organisation}的名额转为共用`}
                      question={{
                        title: `${share.organisation}的名额转为共用？`,
                        text: `余下的 ${count(share.quota - share.given)} ${offer.unit}并入大家共用的，不能再分开；该工会的职工也从共用的名额里领取。`,
                        okText: "并入共用",
                      }}
                      run={(sending) =>
                        post<OfferView>(
                          `/benefit-rounds/${row.id}/pool`,
                          { organisation_id: share.organisation_id },
                          sending,
                        )
                      }
                      done={done}
                    >
                      转为共用
                    </ConfirmButton>
                  )}
                </div>
              )),
              row.shared && <div key="shared">{row.shares.length > 0 ? "另有" : ""}与其他工会共用的名额</div>,
            ],
          },
          {
            title: "办理",
            hidden: !may,
            render: (_, row) =>
              isSoon(row) && (
                <Space>
                  <Button
                    type="link"
                    aria-label={`修改${span(row.opens_at, row.closes_at)}的场次`}
                    onClick={() => edit({ round: row, version: offer.version })}
                  >
                    修改
                  </Button>
                  <ConfirmButton<void>
                    type="link"
                    aria-label={`删除${span(row.opens_at, row.closes_at)}的场次`}
                    question={{
                      title: `删除${span(row.opens_at, row.closes_at)}的场次？`,
                      okText: "删除",
                      danger: true,
                    }}
                    run={(sending) => del<void>(`/benefit-rounds/${row.id}`, undefined, sending)}
                    done={removed}
                  >
                    删除
                  </ConfirmButton>
                </Space>
              ),
          },
        ]}
      />
      {may && (
        <Button className="more" onClick={() => edit("new")}>
          增加场次
        </Button>
      )}
      <FormModal<{ round: TypedRound }, OfferView>
        title={before ? "修改领取场次" : "增加领取场次"}
        open={open !== undefined}
        close={() => edit(undefined)}
        okText={before ? "保存" : "增加"}
        initial={before && { round: typedRound(before.round, offer.organisation_id) }}
        submit={(typed, sending) =>
          before
            ? put<OfferView>(`/benefit-rounds/${before.round.id}`, roundForm(typed.round), {
                ...sending,
                tag: `"${before.version}"`,
              })
            : post<OfferView>(`/benefit-offers/${offer.id}/rounds`, roundForm(typed.round), sending)
        }
        done={(view) => {
          edit(undefined);
          done(view);
        }}
      >
        <RoundFields at={["round"]} />
        <RoundCost offer={offer} before={before?.round} />
      </FormModal>
    </>
  );
}

/** What whoever has no pieces of his own union gets one from: who has some gets none of these. */
const common = (round: OfferRound) => (round.shares.length > 1 ? "其他工会共用" : "大家共用");

const isSoon = (round: OfferRound) => timeNow() < Date.parse(round.opens_at);
const isOver = (round: OfferRound) => timeNow() >= Date.parse(round.closes_at);

/** What people do while a round is open. */
const GOES_ON: Record<OfferWay, string> = { first_come: "领取中", draw: "报名中", nominate: "推荐中" };

function Standing({ offer, round }: { offer: OfferView; round: OfferRound }) {
  if (round.too_late) return <Word tone="watch">未抽签：使用截止日已过，请延期或结束服务</Word>;
  return round.open ? (
    <Word tone="good">{GOES_ON[offer.way]}</Word>
  ) : (
    <Word tone="quiet">{standing(offer, round)}</Word>
  );
}

function standing(offer: OfferView, round: OfferRound): string {
  if (offer.state === "closed") return "已结束";
  return isSoon(round) ? "未开放" : offer.state === "draft" ? "未发布" : "已结束";
}

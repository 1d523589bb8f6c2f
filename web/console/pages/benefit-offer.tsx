import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Skeleton, Space, Statistic } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { timeNow } from "../../client/clock";
import { del, get, post } from "../../client/http";
import type { ClaimRow, OfferLetOver, OfferView, Page } from "../../client/types";
import { count, fromTo, minute, yuan } from "../../shared/words";
import { AmendWindow } from "../benefit/amend-window";
import { Batches } from "../benefit/batches";
import { LetOver } from "../benefit/let-over";
import { OfferWindow } from "../benefit/offer-window";
import { PublishButton } from "../benefit/publish-button";
import { RedemptionList } from "../benefit/redemption-list";
import { Rounds } from "../benefit/rounds";
import { TakeBackWindow } from "../benefit/take-back";
import { VoidWindow } from "../benefit/void-window";
import { CLAIM_STATES, OFFER_WAYS, offerStanding, placeName } from "../benefit/words";
import { useGroupOptions } from "../membership/groups";
import { ConfirmButton } from "../parts/acts";
import { DayRange } from "../parts/day-range";
import { Details } from "../parts/details";
import { FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { PersonName } from "../people/person-name";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", state: "", round: "", place: "", from: "", to: "" };

/** One offer: for whom, how many, when and where, how it goes, and who claimed. */
export default function BenefitOffer() {
  const { id = "" } = useParams();
  const holds = useMay();
  const today = useToday();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [changing, edit] = useState<OfferView>();
  // As it was read when the window opened: the page asks again all the time.
  const [amending, amend] = useState<OfferView>();
  const [taking, take] = useState<ClaimRow>();
  const [voiding, voids] = useState<ClaimRow | OfferView>();
  const asked = useQuery({
    queryKey: ["benefit-offer", id],
    queryFn: () => get<OfferView>(`/benefit-offers/${id}`),
    refetchInterval: 10_000,
  });
  if (asked.error && !asked.data) return <ProblemNotice problem={asked.error} again={() => asked.refetch()} />;
  if (!asked.data) return <Skeleton active />;
  const offer = asked.data;
  // What a union above offers is only read.
  const may = (permission: string) => !offer.from_above && holds(permission);
  const kept = (view: OfferView) => {
    client.setQueryData(["benefit-offer", id], view);
    client.invalidateQueries({ queryKey: ["/benefit-offers"] });
  };
  const changed = () => {
    client.invalidateQueries({ queryKey: [`/benefit-offers/${id}/claims`] });
    asked.refetch();
  };
  const [state, tone] = offerStanding(offer, today);
  const isOver = offer.state === "closed" || offer.redeem_until < today;
  return (
    <>
      <PageHead
        title={offer.title}
        note={
          <>
            {offer.kind_label} · {offer.organisation} · <Word tone={tone}>{state}</Word>
            {offer.from_above && " · 上级工会提供，只能查看；这里只有本级及下级工会的名额和职工。"}
          </>
        }
      >
        {may("benefit.keep") && offer.state === "draft" && <Button onClick={() => edit(offer)}>修改</Button>}
        {may("benefit.keep") && offer.state === "draft" && (
          <ConfirmButton<void>
            question={{
              title: "删除这份草稿？",
              text: "连同填写的场次、核销点和批次一起删除。",
              okText: "删除",
              danger: true,
            }}
            run={(sending) => del<void>(`/benefit-offers/${id}`, undefined, sending)}
            done={() => {
              client.invalidateQueries({ queryKey: ["/benefit-offers"] });
              navigate("/benefit-offers", { replace: true });
            }}
          >
            删除草稿
          </ConfirmButton>
        )}
        {may("benefit.publish") && offer.state !== "draft" && (
          <Button onClick={() => amend(offer)}>更正、延期、增加核销点、改经费项目</Button>
        )}
        {may("benefit.publish") && offer.may_be_let_over && <LetOver offer={offer} done={kept} />}
        {may("benefit.publish") && offer.state === "draft" && <PublishButton offer={offer} done={kept} />}
        {may("benefit.publish") && offer.given > offer.redeemed && today <= offer.redeem_until && (
          <Button danger onClick={() => voids(offer)}>
            作废待使用的凭证
          </Button>
        )}
        {may("benefit.publish") && offer.state === "published" && (
          <ConfirmButton<OfferView>
            question={{
              title: "结束这项服务？",
              text: whatEnds(offer),
              okText: "结束服务",
              danger: true,
            }}
            run={(sending) => post<OfferView>(`/benefit-offers/${id}/close`, undefined, sending)}
            done={kept}
          >
            结束服务
          </ConfirmButton>
        )}
      </PageHead>
      <Numbers offer={offer} isOver={isOver} />
      {offer.promised_waiting > 0 && (
        <Alert
          className="notice"
          type="warning"
          showIcon
          title={`还有 ${count(offer.promised_waiting)} 名在活动现场入会的职工没有得到。名额发完的，请增加场次，增加后自动补发。`}
        />
      )}
      <About offer={offer} />
      <h2>领取场次</h2>
      <Rounds offer={offer} done={kept} removed={() => asked.refetch()} />
      {offer.by_batch && !offer.from_above && <Batches offer={offer} />}
      <h2>领取名单</h2>
      <ListTable<ClaimRow>
        path={`/benefit-offers/${id}/claims`}
        asked={filters}
        unit="份"
        empty="还没有人领取。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="姓名、手机号或证件号码" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect
              label="凭证状态"
              value={filters.state}
              change={(chosen) => change({ state: chosen })}
              options={options(CLAIM_STATES)}
            />
            {offer.rounds.length > 1 && (
              <FilterSelect
                label="场次"
                value={filters.round}
                change={(round) => change({ round })}
                options={offer.rounds.map((one) => ({ value: one.id, label: `${minute(one.opens_at)} 开放` }))}
              />
            )}
            <FilterSelect
              label="使用地点"
              value={filters.place}
              change={(place) => change({ place })}
              options={offer.places.map((one) => ({ value: one.id, label: one.name }))}
            />
            <DayRange from={filters.from} to={filters.to} change={change} />
          </>
        }
        acts={
          !offer.from_above && (
            <TakeAway path={`/benefit-offers/${id}/exports`} asked={filters} permission="benefit.export" personal />
          )
        }
        columns={[
          {
            title: "姓名",
            render: (_, row) => <PersonName of={row} />,
          },
          { title: "手机", dataIndex: "phone" },
          { title: "工会", dataIndex: "organisation" },
          { title: "群体", dataIndex: "group_label" },
          {
            title: "场次",
            hidden: offer.rounds.length < 2,
            render: (_, row) => row.round_opens_at && `${minute(row.round_opens_at)} 开放`,
          },
          { title: "领取时间", render: (_, row) => minute(row.claimed_at) },
          {
            title: "状态",
            render: (_, row) => (
              <>
                <Word tone={CLAIM_STATES[row.state][1]}>{row.state_label}</Word>
                {row.voided_why && <div className="quiet">{row.voided_why}</div>}
              </>
            ),
          },
          { title: "使用、取消时间", render: (_, row) => row.ended_at && minute(row.ended_at) },
          { title: "核销点", dataIndex: "place" },
          {
            title: "办理",
            hidden: !may("benefit.redeem") && !may("benefit.publish"),
            render: (_, row) => (
              <>
                {row.state === "redeemed" && may("benefit.redeem") && (
                  <Button type="link" onClick={() => take(row)}>
                    撤销核销
                  </Button>
                )}
                {row.state === "claimed" && may("benefit.publish") && (
                  <Button type="link" onClick={() => voids(row)}>
                    作废
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {offer.state !== "draft" && !offer.from_above && (
        <>
          <h2>核销记录</h2>
          <RedemptionList offer={offer} changed={changed} />
        </>
      )}
      <OfferWindow shown={changing} close={() => edit(undefined)} done={kept} />
      <AmendWindow offer={amending} close={() => amend(undefined)} done={kept} />
      <TakeBackWindow claim={taking} close={() => take(undefined)} done={changed} />
      <VoidWindow shown={voiding} isOver={isOver} close={() => voids(undefined)} done={changed} />
    </>
  );
}

/** How it goes; of what a union above offers, how many are set aside for one's own people and taken by them. */
function Numbers({ offer, isOver }: { offer: OfferView; isOver: boolean }) {
  const isOwn = !offer.from_above;
  // What ran out went back to the pieces that are left: once it is over, it still had been taken.
  const list = `/benefit-offers/${offer.id}/claims`;
  const asked = useQuery({
    queryKey: [list, "count", "expired"],
    queryFn: () => get<Page<ClaimRow>>(list, { state: "expired", limit: 0 }),
    enabled: isOwn && isOver,
  });
  if (!isOwn && offer.total === 0) return null;
  const expired = asked.data?.total ?? 0;
  const taken = offer.given + expired;
  return (
    <Space size="large" wrap className="offer-numbers">
      <Statistic title={isOwn ? "总数" : "分到的名额"} value={offer.total} suffix={offer.unit} />
      <Statistic title="已领" value={taken} suffix={offer.unit} />
      {isOwn && <Statistic title="已使用" value={offer.redeemed} suffix={offer.unit} />}
      {expired > 0 && <Statistic title="过期没用" value={expired} suffix={offer.unit} />}
      <Statistic title={isOver ? "没有领的" : "还有"} value={Math.max(0, offer.total - taken)} suffix={offer.unit} />
      {isOwn && <Statistic title="已使用金额" value={yuan(offer.redeemed * offer.unit_fen)} suffix="元" />}
    </Space>
  );
}

/** What becomes of an offer that is ended, and of those who wait for it. */
function whatEnds({ way, rounds }: OfferView): string {
  const undrawn = rounds.filter((round) => round.too_late || timeNow() < Date.parse(round.closes_at));
  const names = way === "draw" ? undrawn.reduce((all, round) => all + round.entered, 0) : 0;
  return [
    "结束后不能再领取，也不能恢复；已领取的在使用期内仍可使用。",
    names > 0 && `已报名的 ${count(names)} 人不再抽签。`,
    way === "nominate" && "还没有发放的推荐不再发放。",
  ]
    .filter(Boolean)
    .join("");
}

/** How many stand side by side, and what takes a line of its own. */
const WHOLE_LINE = { xs: 1, md: 2 };

const letOver = ({ most_fen, by, at, reason }: OfferLetOver) =>
  `${by} ${minute(at)} 放行，本项服务最多支出 ${yuan(most_fen)} 元，原因：${reason}`;

/** What was filled in. */
function About({ offer }: { offer: OfferView }) {
  const groups = useGroupOptions();
  const { audience } = offer;
  const named = audience.groups?.map((code) => groups.find((one) => one.value === code)?.label ?? code) ?? [];
  const whom = [
    offer.event_id ? "在指定集中入会活动入会的人，自动发放" : audience.members_only ? "工会会员" : "职工",
    named.length > 0 && `限${named.join("、")}`,
    offer.audience_organisations.length > 0 && `限${offer.audience_organisations.join("、")}及下级工会`,
    audience.least_age && `年满 ${audience.least_age} 周岁`,
    audience.most_age && `${audience.most_age} 周岁及以下`,
    audience.months_between && `${audience.months_between} 个月内未享受过同类服务`,
  ].filter(Boolean);
  return (
    <Details
      size="small"
      column={WHOLE_LINE}
      items={[
        { label: "对象", children: whom.join("，") },
        { label: "使用期", children: fromTo(offer.redeem_from, offer.redeem_until) },
        { label: "分配方式", children: OFFER_WAYS[offer.way] },
        { label: "单价", children: `${yuan(offer.unit_fen)} 元` },
        ...(offer.from_above ? [] : [{ label: "经费来源", children: offer.budget_line || "未填写" }]),
        ...(offer.let_over ? [{ label: "超出经费余额", span: WHOLE_LINE, children: letOver(offer.let_over) }] : []),
        {
          label: "领取后保留",
          children: offer.hold_hours === 0 ? "到使用期结束" : `${offer.hold_hours} 小时，到时未用自动放回`,
        },
        ...(offer.by_batch
          ? [
              {
                label: "同行人员",
                span: "filled" as const,
                children: offer.companions > 0 ? `每人最多带 ${offer.companions} 人` : "仅限本人",
              },
            ]
          : []),
        // Many places, or many words, would leave no room for what stands beside them.
        { label: "核销点", span: WHOLE_LINE, children: offer.places.map(placeName).join("、") || "未选择" },
        ...(offer.description ? [{ label: "说明", span: WHOLE_LINE, children: offer.description }] : []),
      ].map((item) => ({ ...item, key: item.label }))}
    />
  );
}

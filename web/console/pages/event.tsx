import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Card, Skeleton, Space, Statistic } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { address, get, post } from "../../client/http";
import { useLive } from "../../client/live";
import type { ApplicationAnswer, EventView, JoinRow, LiveEvent } from "../../client/types";
import { minute, span } from "../../shared/words";
import { type Approval, approveByRule } from "../membership/approve";
import { useApprovedTold } from "../membership/approved";
import { EventWindow } from "../membership/event-window";
import "../membership/poster.css";
import { HandOver } from "../membership/hand-over";
import { MemberName } from "../membership/member-name";
import { NewMember } from "../membership/new-member";
import { isOver, STANDINGS } from "../membership/words";
import { ConfirmButton } from "../parts/acts";
import { blocked } from "../parts/blocked";
import { FilterCheck, FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { OwnAddress } from "../parts/own-address";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { Word } from "../parts/word";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", unused: "", kit_waiting: "", second_kit: "" };
const LATER = { true: "入会后没用过服务", false: "入会后用过服务" } as const;

/** One enrolment event: its code, how it goes, who joined, and the kits. */
export default function Event() {
  const { id = "" } = useParams();
  const may = useMay();
  const today = useToday();
  const client = useQueryClient();
  const told = useApprovedTold();
  const [filters, filter, isFiltered] = useFilters(DEFAULTS);
  const [changing, change] = useState<EventView>();
  const [adding, add] = useState(false);
  const [mistaken, takeBack] = useState<JoinRow>();
  const { modal } = App.useApp();
  const event = useQuery({ queryKey: ["event", id], queryFn: () => get<EventView>(`/events/${id}`) });
  const live = useLive<LiveEvent>(event.data ? `/events/${id}/live` : null);
  if (blocked(event)) return <ProblemNotice problem={event.error} again={() => event.refetch()} />;
  if (!event.data) return <Skeleton active />;
  const shown = event.data;
  const counts = live.data ?? shown.counts;
  const kept = (view: EventView) => client.setQueryData(["event", id], view);
  const again = () => client.invalidateQueries({ queryKey: [`/events/${id}/joins`] });
  const taken = ({ message, warning }: ApplicationAnswer) => {
    again();
    modal.info({ title: "现场登记", content: [message, warning].filter(Boolean).join(""), okText: "知道了" });
  };
  return (
    <>
      <PageHead title={shown.title} note={`${shown.place} · ${span(shown.starts_at, shown.ends_at)}`}>
        <Button href={`/screen/events/${id}`} target="_blank">
          打开现场大屏
        </Button>
        {may("membership.hold_events") && shown.state === "open" && (
          <>
            <Button onClick={() => change(shown)}>修改</Button>
            <ConfirmButton<EventView>
              question={{
                title: "结束活动？",
                text: "结束后不能再扫码入会，礼包仍可发放。",
                okText: "结束活动",
                danger: true,
              }}
              run={(sending) => post<EventView>(`/events/${id}/close`, undefined, sending)}
              done={kept}
            >
              结束活动
            </ConfirmButton>
          </>
        )}
        {may("membership.hold_events") && shown.state === "closed" && (
          <ConfirmButton<EventView>
            question={{
              title: "恢复活动？",
              text: "恢复后，在活动时间内又可以扫码入会；时间已过的，恢复后请修改时间。",
              okText: "恢复活动",
            }}
            run={(sending) => post<EventView>(`/events/${id}/reopen`, undefined, sending)}
            done={kept}
          >
            恢复活动
          </ConfirmButton>
        )}
        {may("membership.approve") && (
          <ConfirmButton<Approval>
            type="primary"
            question={{ title: "按规则批准本场待审批的申请？", okText: "按规则批准" }}
            run={(sending) => approveByRule({ event_id: id }, sending)}
            done={(answer) => {
              told(answer);
              again();
            }}
          >
            按规则批准
          </ConfirmButton>
        )}
      </PageHead>
      <div className="event">
        <Card title="扫码入会" className="event-code">
          <img
            src={address(`/events/${id}/qr.svg`)}
            alt={`入会二维码，地址 ${shown.join_url}`}
            width={240}
            height={240}
          />
          <p>
            <a href={shown.join_url} target="_blank" rel="noreferrer">
              {shown.join_url}
            </a>
          </p>
          <div className="screen-only">
            <OwnAddress url={shown.join_url} />
            {shown.open ? (
              <Word tone="good">现在可以扫码入会</Word>
            ) : (
              <Word tone="quiet">{isOver(shown, today) ? "活动已结束" : "现在不在报名时间内"}</Word>
            )}{" "}
            <Button onClick={() => window.print()}>打印海报</Button>
          </div>
        </Card>
        <Card title="现场" className="event-counts">
          <Space size="large" wrap>
            <Statistic title="报名" value={counts.joined} suffix="人" />
            <Statistic title="已批准" value={counts.approved} suffix="人" />
            <Statistic title="礼包已发" value={counts.kits_given} suffix="份" />
            <Statistic title="礼包还有" value={counts.kits_left} suffix="份" />
          </Space>
          {live.data && live.data.by_gate.length > 0 && (
            <p>
              {live.data.by_gate
                .map(
                  (one) =>
                    `${one.gate}：已发 ${one.kits}${one.left == null ? "" : `，还有 ${one.left}`}，排队 ${one.waiting}`,
                )
                .join("；")}
            </p>
          )}
          {live.state === "lost" && <p className="quiet">网络中断，正在重连；人数为断开前的。</p>}
          {may("membership.hand_over_kits") && <HandOver id={id} gates={shown.gates.map((gate) => gate.name)} />}
        </Card>
      </div>
      <h2>入会人员</h2>
      <ListTable<JoinRow>
        path={`/events/${id}/joins`}
        asked={filters}
        unit="人"
        empty="还没有人扫码入会。"
        filtered={isFiltered}
        acts={
          <>
            {may("membership.apply") && <Button onClick={() => add(true)}>替没有手机的人登记</Button>}
            {may("membership.view") && <Link to={`/members?event=${id}`}>在会员名单里审批、导出</Link>}
          </>
        }
        filters={
          <>
            <SearchBox label="姓名、证件号码、手机或会员证号" value={filters.q} change={(q) => filter({ q })} />
            <FilterSelect
              label="入会以后"
              value={filters.unused}
              change={(unused) => filter({ unused })}
              options={options(LATER)}
            />
            <FilterCheck
              label="只看还没领礼包的"
              value={filters.kit_waiting}
              change={(kit_waiting) => filter({ kit_waiting })}
            />
            <FilterCheck
              label="只看重复领礼包的"
              value={filters.second_kit}
              change={(second_kit) => filter({ second_kit })}
            />
          </>
        }
        columns={[
          { title: "姓名", render: (_, row) => <MemberName of={row} /> },
          { title: "手机", dataIndex: "phone" },
          { title: "工会", dataIndex: "organisation" },
          { title: "群体", dataIndex: "group_label" },
          {
            title: "会籍",
            render: (_, row) =>
              row.state && (
                <Word tone={STANDINGS[row.state][1]}>{row.already_member ? "原是会员" : STANDINGS[row.state][0]}</Word>
              ),
          },
          { title: "会员证号", dataIndex: "card_number" },
          { title: "时间", render: (_, row) => minute(row.joined_at) },
          {
            title: "礼包",
            render: (_, row) => (
              <>
                <Kit row={row} />
                {row.kit_given_at && may("membership.hand_over_kits") && (
                  <Button type="link" size="small" aria-label={`撤销${row.name}的礼包`} onClick={() => takeBack(row)}>
                    撤销
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {may("membership.apply") && <NewMember event={shown} open={adding} close={() => add(false)} done={taken} />}
      <ReasonWindow
        title="撤销礼包发放"
        text={`${mistaken?.name ?? ""}的礼包将恢复为未领，台账同时冲销。`}
        path={`/events/${id}/kits/take-back`}
        beside={{ join_id: mistaken?.id }}
        open={mistaken !== undefined}
        close={() => takeBack(undefined)}
        done={again}
      />
      <EventWindow shown={changing} close={() => change(undefined)} done={kept} />
    </>
  );
}

/** Where a kit waits or was handed over; one that was handed over twice is to be looked at. */
function Kit({ row }: { row: JoinRow }) {
  const second = row.second_kits.map((one) => `${one.gate} ${minute(one.given_at)}`).join("、");
  const waits = row.gate ? `未领（${row.gate}）` : "未领";
  // To whom none was promised none waits.
  const promised = row.approved_at && !row.already_member ? waits : "";
  const first = row.kit_given_at ? `${row.kit_gate} ${minute(row.kit_given_at)}` : promised;
  if (second === "") return first;
  return (
    <>
      {first} <Word tone="bad">{`又发：${second}`}</Word>
    </>
  );
}

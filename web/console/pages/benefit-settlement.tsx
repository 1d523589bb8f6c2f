import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Skeleton, Space, Statistic } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { get, post } from "../../client/http";
import type { BookingView, DisputeView, SettlementBurst, SettlementLine, SettlementView } from "../../client/types";
import { count, day, minute, yuan } from "../../shared/words";
import { AnswerWindow, DisputeWindow, PaymentWindow } from "../benefit/settlement-windows";
import { BOOKING_TONES, SETTLEMENT_STATES } from "../benefit/words";
import { ConfirmButton, ExportButton } from "../parts/acts";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";
import { useMay } from "../session";

/** One statement: its lines, the days, what is disputed, and what became of the money. */
export default function BenefitSettlement() {
  const { id = "" } = useParams();
  const may = useMay()("benefit.settle");
  const client = useQueryClient();
  const [disputed, dispute] = useState<SettlementLine>();
  const [answered, answer] = useState<DisputeView>();
  const [paying, pay] = useState(false);
  const path = `/benefit-settlements/${id}`;
  const asked = useQuery({
    queryKey: ["benefit-settlement", id],
    queryFn: () => get<SettlementView>(path),
    // What keeps the budget answers a moment after the payment.
    refetchInterval: (query) => (query.state.data?.bookings.some((one) => one.state === "waiting") ? 1_000 : false),
  });
  if (asked.error && !asked.data) return <ProblemNotice problem={asked.error} again={() => asked.refetch()} />;
  if (!asked.data) return <Skeleton active />;
  const shown = asked.data;
  const open = shown.state === "open";
  const refused = shown.bookings.some((one) => one.state === "refused");
  const kept = (view: SettlementView) => {
    client.setQueryData(["benefit-settlement", id], view);
    client.invalidateQueries({ queryKey: ["/benefit-settlements"] });
  };
  const [state, tone] = SETTLEMENT_STATES[shown.state];
  return (
    <>
      <PageHead
        title={`${shown.partner} · ${shown.month_label}`}
        note={
          <>
            {shown.organisation}付款 · <Word tone={tone}>{open && !shown.over ? "本月未结束" : state}</Word>
          </>
        }
      >
        <ExportButton path={`${path}/sheet`}>下载结算单</ExportButton>
        {may && open && shown.over && (
          <ConfirmButton<SettlementView>
            type="primary"
            disabled={shown.disputed > 0}
            question={{
              title: "结算这个月？",
              text: `共 ${count(shown.pieces)} 份、${yuan(shown.amount_fen)} 元。结算后不能再改，之后撤销的核销在下一月扣减。`,
              okText: "结算",
            }}
            run={(sending) =>
              post<SettlementView>(
                `${path}/settle`,
                { pieces: shown.pieces, amount_fen: shown.amount_fen, lines: shown.lines },
                sending,
              )
            }
            done={kept}
          >
            {shown.disputed > 0 ? `${shown.disputed} 条异议待答复，不能结算` : "结算"}
          </ConfirmButton>
        )}
        {may && !open && (shown.paid_on === null || refused) && (
          <Button type="primary" onClick={() => pay(true)}>
            {refused ? "重新列支" : "登记付款"}
          </Button>
        )}
      </PageHead>
      <Space size="large" wrap className="offer-numbers">
        <Statistic title="结算份数" value={count(shown.pieces)} suffix="份" />
        <Statistic title="金额" value={yuan(shown.amount_fen)} suffix="元" />
      </Space>
      <Standing shown={shown} />
      <h2>按服务</h2>
      <PlainTable<SettlementLine>
        rowKey="offer_id"
        dataSource={shown.lines}
        locale={{ emptyText: "本月核销的都已撤销。" }}
        columns={[
          { title: "服务", render: (_, row) => <Link to={`/benefit-offers/${row.offer_id}`}>{row.title}</Link> },
          { title: "种类", dataIndex: "kind_label" },
          { title: "单价（元）", align: "right", render: (_, row) => yuan(row.unit_fen) },
          { title: "核销", align: "right", render: (_, row) => count(row.handed) },
          { title: "扣减", align: "right", render: (_, row) => row.corrected !== 0 && `-${count(row.corrected)}` },
          { title: "异议调整", align: "right", render: (_, row) => row.adjusted !== 0 && signed(row.adjusted) },
          { title: "结算份数", align: "right", render: (_, row) => `${count(row.pieces)} ${row.unit}` },
          { title: "金额（元）", align: "right", render: (_, row) => yuan(row.amount_fen) },
          { title: "经费项目", render: (_, row) => row.budget_line || "未填写" },
          {
            title: "办理",
            hidden: !may || !open,
            render: (_, row) => (
              <Button type="link" onClick={() => dispute(row)}>
                登记异议
              </Button>
            ),
          },
        ]}
      />
      {shown.disputes.length > 0 && (
        <>
          <h2>异议与答复</h2>
          <PlainTable<DisputeView>
            dataSource={shown.disputes}
            columns={[
              { title: "服务", dataIndex: "title" },
              { title: "异议", dataIndex: "reason" },
              {
                title: "提出",
                render: (_, row) => `${minute(row.raised_at)} ${row.by_partner ? "核销点" : "工会代记"}`,
              },
              {
                title: "答复",
                render: (_, row) =>
                  row.answer === null ? (
                    <Word tone="bad">待答复</Word>
                  ) : (
                    `${row.answer}${row.adjusted ? `（${signed(row.adjusted)} 份）` : "（不调整）"}`
                  ),
              },
              {
                title: "办理",
                hidden: !may || !open,
                render: (_, row) =>
                  row.answer === null && (
                    <Button type="link" onClick={() => answer(row)}>
                      答复
                    </Button>
                  ),
              },
            ]}
          />
        </>
      )}
      {shown.bursts.length > 0 && (
        <>
          <h2>核销过密</h2>
          <p className="quiet">
            一分钟内核销的份数超过了规则“核销点每分钟核销份数提示线”。结算前请与核销点核对，例如查看当时的监控或登记。
          </p>
          <PlainTable<SettlementBurst>
            rowKey="from"
            dataSource={shown.bursts}
            columns={[
              { title: "从", render: (_, row) => minute(row.from) },
              { title: "到", render: (_, row) => minute(row.until) },
              { title: "核销", align: "right", render: (_, row) => `${count(row.pieces)} 份` },
            ]}
          />
        </>
      )}
      {shown.days.length > 0 && (
        <>
          <h2>每日核销</h2>
          <PlainTable
            rowKey="day"
            size="small"
            scroll={undefined}
            className="days"
            dataSource={shown.days}
            columns={[
              { title: "日期", render: (_, row) => day(row.day) },
              { title: "份数", align: "right", render: (_, row) => count(row.pieces) },
              { title: "金额（元）", align: "right", render: (_, row) => yuan(row.amount_fen) },
            ]}
          />
        </>
      )}
      <DisputeWindow path={path} line={disputed} close={() => dispute(undefined)} done={kept} />
      <AnswerWindow dispute={answered} close={() => answer(undefined)} done={kept} />
      <PaymentWindow path={path} shown={paying ? shown : undefined} close={() => pay(false)} done={kept} />
    </>
  );
}

const signed = (pieces: number) => (pieces > 0 ? `+${count(pieces)}` : `-${count(-pieces)}`);

/** Whether the place agrees, and where the money stands. */
function Standing({ shown }: { shown: SettlementView }) {
  const paid = shown.paid_on && `${day(shown.paid_on)}付款${shown.pay_note ? `（${shown.pay_note}）` : ""}`;
  const unnamed = shown.lines.some((line) => line.budget_line === "" && line.amount_fen !== 0);
  return (
    <>
      <p>
        {shown.confirmed
          ? "核销点已确认本结算单。"
          : shown.state === "open"
            ? "核销点还没有确认。核销点可在扫码链接的“月度对账”里确认或提出异议。"
            : "结算时核销点没有确认。"}
        {shown.settled_at && ` ${minute(shown.settled_at)} 结算。`}
        {paid && ` ${paid}。`}
      </p>
      {shown.bookings.map((one: BookingView) => (
        <p key={one.id}>
          {one.budget_line} {yuan(one.amount_fen)} 元：<Word tone={BOOKING_TONES[one.state]}>{one.state_label}</Word>{" "}
          {one.told}
        </p>
      ))}
      {shown.paid_on && unnamed && (
        <Alert type="info" showIcon className="notice" title="没有填写经费项目的服务，付款不列入年度计划的经费。" />
      )}
    </>
  );
}

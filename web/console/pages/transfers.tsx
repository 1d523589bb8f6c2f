import { useQueryClient } from "@tanstack/react-query";
import { Button, Space } from "antd";
import { useState } from "react";
import type { TransferRow } from "../../client/types";
import { day } from "../../shared/words";
import { MemberName } from "../membership/member-name";
import { TermActs, TermText } from "../membership/term";
import { WithdrawTransfer } from "../membership/transfer-notice";
import { FilterCheck, FilterSelect } from "../parts/filter-select";
import { ListTable } from "../parts/list-table";
import { options } from "../parts/options";
import { PageHead } from "../parts/page-head";
import { ReasonWindow } from "../parts/reason-window";
import { Word } from "../parts/word";
import { useFilters } from "../use-filters";

const DEFAULTS = { state: "waiting", overdue: "", paused: "" };
const MINE = { false: "待我答复", true: "逾期待我决定" } as const;
const STATES = { waiting: "待确认", accepted: "已接收", declined: "未接收", dropped: "已失效" } as const;

/** The last day; and that it may still move where nobody knows yet which days of its year are off. */
const term = (row: TransferRow) =>
  row.due_may_move ? `${day(row.due_on)}（放假安排公布后可能顺延）` : day(row.due_on);

/** Memberships on their way from one union to another. */
export default function Transfers() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [answered, answer] = useState<{ row: TransferRow; verb: "accept" | "decline" }>();
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ["/transfers"] });
  return (
    <>
      <PageHead note="转入工会确认前，会籍和服务都不变；逾期未答复的由上级工会决定。" />
      <ListTable<TransferRow>
        path="/transfers"
        asked={{
          state: filters.state,
          overdue: filters.overdue,
          paused: filters.paused === "true" ? true : undefined,
        }}
        unit="件"
        empty="没有转接。"
        filtered={isFiltered}
        filters={
          <>
            <FilterSelect
              always
              label="状态"
              value={filters.state}
              change={(state) => change({ state })}
              options={options(STATES)}
            />
            <FilterSelect
              label="由我办理"
              value={filters.overdue}
              change={(overdue) => change({ overdue })}
              options={options(MINE)}
            />
            <FilterCheck label="只看暂停" value={filters.paused} change={(paused) => change({ paused })} />
          </>
        }
        columns={[
          { title: "会员", render: (_, row) => <MemberName of={row} /> },
          { title: "转出工会", dataIndex: "from_organisation" },
          { title: "转入工会", dataIndex: "to_organisation" },
          { title: "原因", dataIndex: "reason", width: 160 },
          { title: "提出日期", render: (_, row) => day(row.asked_on) },
          {
            title: "答复期限",
            width: 220,
            render: (_, row) => {
              if (row.overdue) return <Word tone="bad">{day(row.due_on)} 已逾期</Word>;
              return row.term?.due_on || row.term?.state === "paused" ? <TermText term={row.term} /> : term(row);
            },
          },
          {
            title: "办理",
            render: (_, row) =>
              row.may_answer ? (
                <Space>
                  <Button type="primary" size="small" onClick={() => answer({ row, verb: "accept" })}>
                    同意
                  </Button>
                  <Button size="small" onClick={() => answer({ row, verb: "decline" })}>
                    不同意
                  </Button>
                  {!row.overdue && (
                    <TermActs
                      size="small"
                      path={`/transfers/${row.id}`}
                      what={`${row.name}的会籍转接`}
                      term={row.term}
                      done={again}
                    />
                  )}
                </Space>
              ) : (
                <Space>
                  {row.answerer_label ?? STATES[row.state]}
                  {row.may_withdraw && <WithdrawTransfer id={row.id} name={row.name} done={again} />}
                </Space>
              ),
          },
        ]}
      />
      {answered && (
        <ReasonWindow
          open
          title={answered.verb === "accept" ? "同意转接" : "不同意转接"}
          text={`${answered.row.name}：${answered.row.from_organisation} → ${answered.row.to_organisation}`}
          path={`/transfers/${answered.row.id}/${answered.verb}`}
          required={answered.verb === "decline"}
          danger={answered.verb === "decline"}
          close={() => answer(undefined)}
          done={again}
        />
      )}
    </>
  );
}

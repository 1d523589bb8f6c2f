import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Empty, Form, Input, Space } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { post } from "../../client/http";
import type { ApprovalYear, QuarterApproval } from "../../client/types";
import { minute } from "../../shared/words";
import { useConfirm } from "../parts/acts";
import { FilterSelect } from "../parts/filter-select";
import { FormModal } from "../parts/form-modal";
import { yearsOf } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";
import { latestYear, quarterBoard } from "../plan/quarter-board";
import { QUARTERS } from "../plan/words";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { year: "" };
const LABELS = ["第一季度", "第二季度", "第三季度", "第四季度"];
/** The first and the last day of each. */
const DAYS = [
  ["01-01", "03-31"],
  ["04-01", "06-30"],
  ["07-01", "09-30"],
  ["10-01", "12-31"],
];

/** The quarters of a year on their way up: who has handed up, who is approved, who was given back. */
export default function Quarters() {
  const [filters, change] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const today = useToday();
  const thisYear = Number(today.slice(0, 4));
  // In a young year the one before is looked at, whose last quarter is to be handed up.
  const year = Number(filters.year) || latestYear(today);
  const [returning, giveBack] = useState<{ title: string; approval: QuarterApproval }>();
  const client = useQueryClient();
  const board = useQuery({ ...quarterBoard(organisation, year), enabled: organisation !== "" });
  const again = () => client.invalidateQueries({ queryKey: ["/quarter-approvals"] });
  return (
    <>
      <PageHead note="季度数据由县、市、省逐级报送审定；报送后，这个季度不能再手工登记或冲销，除非上级退回。" />
      <div className="filters">
        <FilterSelect
          always
          label="年份"
          value={String(year)}
          change={(year) => change({ year })}
          options={yearsOf([thisYear, thisYear - 1, thisYear - 2])}
        />
      </div>
      <ProblemNotice problem={board.error} again={() => board.refetch()} />
      <PlainTable<ApprovalYear>
        rowKey="organisation_id"
        loading={board.isPending}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        dataSource={board.data?.rows}
        locale={{
          emptyText: <Empty description="由县级以上工会逐级报送；基层和乡镇的记录由所在县（区、旗）总工会一并报送。" />,
        }}
        columns={[
          {
            title: "单位",
            // Those below are opened to see who below them has handed up.
            render: (_, row) =>
              row.own ? (
                <b>{row.organisation}（本级）</b>
              ) : (
                <Link to={`?${new URLSearchParams({ ...filters, organisation: row.organisation_id })}`}>
                  {row.organisation}
                </Link>
              ),
          },
          ...LABELS.map((title, index) => ({
            title,
            key: title,
            render: (_: unknown, row: ApprovalYear) => {
              const quarter = `${year}Q${index + 1}`;
              return (
                <Quarter
                  row={row}
                  quarter={quarter}
                  days={[`${year}-${DAYS[index]?.[0]}`, `${year}-${DAYS[index]?.[1]}`]}
                  over={board.data?.over.includes(quarter) ?? false}
                  title={`${row.organisation}${year}年${title}`}
                  again={again}
                  giveBack={giveBack}
                />
              );
            },
          })),
        ]}
      />
      <FormModal<{ reason: string }, unknown>
        title={`退回：${returning?.title ?? ""}`}
        open={returning !== undefined}
        close={() => giveBack(undefined)}
        okText="退回"
        danger
        submit={(form, sending) => post(`/quarter-approvals/${returning?.approval.id}/return`, form, sending)}
        done={() => {
          giveBack(undefined);
          again();
        }}
      >
        <Form.Item label="退回原因" name="reason" rules={[{ required: true, message: "请写明退回原因" }]}>
          <Input.TextArea rows={3} maxLength={200} />
        </Form.Item>
      </FormModal>
    </>
  );
}

interface QuarterProps {
  row: ApprovalYear;
  quarter: string;
  /** Its first and its last day. */
  days: [string, string];
  /** Whether the quarter has ended. */
  over: boolean;
  title: string;
  again: () => void;
  giveBack: (returning: { title: string; approval: QuarterApproval }) => void;
}

/** Where one quarter of one organisation stands, and what may be done about it. */
function Quarter({ row, quarter, days: [from, to], over, title, again, giveBack }: QuarterProps) {
  const may = useMay();
  const confirm = useConfirm();
  const approval = row.quarters.find((one) => one.quarter === quarter);
  const locked = approval && approval.state !== "returned";
  if (!over) return <span className="quiet">未结束</span>;
  if (!approval && row.founded_on && row.founded_on > to) return <span className="quiet">当时未成立</span>;
  return (
    <Space orientation="vertical" size={2}>
      {approval ? (
        <Word tone={QUARTERS[approval.state][1]}>{QUARTERS[approval.state][0]}</Word>
      ) : (
        <span className="quiet">未报送</span>
      )}
      {approval?.reason && <small className="quiet">{approval.reason}</small>}
      {approval && <small className="quiet">{minute(approval.submitted_at)}报送</small>}
      {(approval || row.own) && may("ledger.view") && (
        <Link
          to={`/ledger?${new URLSearchParams({ organisation: row.organisation_id, from, to })}`}
          aria-label={`看数据：${title}`}
        >
          看数据
        </Link>
      )}
      <span>
        {!locked && row.own && may("plan.submit_quarter") && (
          <Button
            size="small"
            autoInsertSpace={false}
            aria-label={`报送${title}`}
            onClick={() =>
              confirm(
                {
                  title: `报送${title}的数据？`,
                  text: "报送后，这个季度不能再手工登记、冲销或填报，除非退回。",
                  okText: "报送",
                },
                (sending) => post("/quarter-approvals", { organisation_id: row.organisation_id, quarter }, sending),
                again,
              )
            }
          >
            报送
          </Button>
        )}
        {approval?.state === "submitted" && !row.own && may("plan.approve_quarter") && (
          <Button
            size="small"
            type="primary"
            autoInsertSpace={false}
            aria-label={`审定${title}`}
            onClick={() =>
              confirm(
                { title: `审定${title}的数据？`, okText: "审定" },
                (sending) => post(`/quarter-approvals/${approval.id}/approve`, undefined, sending),
                again,
              )
            }
          >
            审定
          </Button>
        )}
        {approval && locked && may("plan.approve_quarter") && (!row.own || approval.state === "approved") && (
          <Button size="small" type="link" aria-label={`退回${title}`} onClick={() => giveBack({ title, approval })}>
            退回
          </Button>
        )}
      </span>
    </Space>
  );
}

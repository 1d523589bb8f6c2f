import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Drawer, Empty, Skeleton, Space, Table } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { get } from "../../client/http";
import type { Budget, BudgetLine, PlanDetail } from "../../client/types";
import { yuan } from "../../shared/words";
import { blocked } from "../parts/blocked";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { LineWindow, PayWindow } from "../plan/budget-forms";
import { Payments } from "../plan/payments";
import { PlanTabs } from "../plan/tabs";
import { percent } from "../plan/words";
import { useMay } from "../session";
import { useOpened } from "../use-opened";

/** The budget of a plan: allotted, paid, left, line by line. */
export default function PlanBudget() {
  const { id = "" } = useParams();
  const may = useMay();
  const client = useQueryClient();
  const [line, showLine] = useState<BudgetLine | "new">();
  const [paid, pay] = useState<BudgetLine>();
  const [key, open, close] = useOpened();
  const plan = useQuery({ queryKey: ["plan", id], queryFn: () => get<PlanDetail>(`/plans/${id}`) });
  const budget = useQuery({
    queryKey: ["plan", id, "budget"],
    queryFn: () => get<Budget>(`/plans/${id}/budget`),
  });
  const problem = blocked(plan) ?? blocked(budget);
  if (problem) return <ProblemNotice problem={problem} again={() => budget.refetch()} />;
  if (!plan.data || !budget.data) return <Skeleton active />;
  const opened = budget.data.items.find((line) => line.id === key);
  const keeps = plan.data.own && may("plan.budget");
  const reload = () => client.invalidateQueries({ queryKey: ["plan", id] });
  return (
    <>
      <PageHead title={plan.data.title} note={plan.data.organisation}>
        {keeps && <Button onClick={() => showLine("new")}>新增经费项目</Button>}
      </PageHead>
      <PlanTabs plan={plan.data} shown="/budget" />
      <Lines budget={budget.data} keeps={keeps} change={showLine} pay={pay} open={open} />
      <p className="quiet">
        已付只计已经登记的付款，月度结算付款后自动登记。服务办了、还没有登记付款的不在内；服务的金额见指标页的“所用经费”。
      </p>
      <LineWindow
        key={typeof line === "object" ? line.id : line}
        plan={plan.data}
        shown={line}
        close={() => showLine(undefined)}
        done={reload}
      />
      {paid && <PayWindow line={paid} plan={plan.data} close={() => pay(undefined)} done={reload} />}
      <Drawer
        open={opened !== undefined}
        onClose={close}
        size={Math.min(860, window.innerWidth)}
        title={`${opened?.name ?? ""} · 支付记录`}
      >
        {opened && <Payments line={opened} keeps={keeps} done={reload} />}
      </Drawer>
    </>
  );
}

interface LinesProps {
  budget: Budget;
  keeps: boolean;
  change: (line: BudgetLine) => void;
  pay: (line: BudgetLine) => void;
  open: (line: string) => void;
}

function Lines({ budget, keeps, change, pay, open }: LinesProps) {
  return (
    <PlainTable<BudgetLine>
      dataSource={budget.items}
      locale={{ emptyText: <Empty description="还没有经费项目。" /> }}
      columns={[
        { title: "项目", dataIndex: "name" },
        { title: "对应指标", dataIndex: "indicator" },
        { title: "预算（元）", dataIndex: "allotted_fen", align: "right", render: yuan },
        { title: "已付（元）", dataIndex: "paid_fen", align: "right", render: yuan },
        { title: "余额（元）", dataIndex: "left_fen", align: "right", render: yuan },
        { title: "支付进度", dataIndex: "paid_bp", align: "right", render: percent },
        {
          title: "办理",
          render: (_, row) => (
            <Space>
              <Button type="link" aria-label={`${row.name}的支付记录`} onClick={() => open(row.id)}>
                支付记录
              </Button>
              {keeps && (
                <>
                  <Button type="link" aria-label={`为${row.name}登记支付`} onClick={() => pay(row)}>
                    登记支付
                  </Button>
                  <Button type="link" aria-label={`修改${row.name}`} onClick={() => change(row)}>
                    修改
                  </Button>
                </>
              )}
            </Space>
          ),
        },
      ]}
      summary={() => (
        <Table.Summary.Row>
          <Table.Summary.Cell index={0} colSpan={2}>
            合计
          </Table.Summary.Cell>
          {[budget.allotted_fen, budget.paid_fen, budget.left_fen].map((fen, index) => (
            <Table.Summary.Cell key={["allotted", "paid", "left"][index]} index={index + 2} align="right">
              {yuan(fen)}
            </Table.Summary.Cell>
          ))}
          <Table.Summary.Cell index={5} colSpan={2} />
        </Table.Summary.Row>
      )}
    />
  );
}

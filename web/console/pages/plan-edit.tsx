import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Empty, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { del, getTagged, post } from "../../client/http";
import type { IndicatorView, PlanDetail } from "../../client/types";
import { ConfirmButton } from "../parts/acts";
import { blocked } from "../parts/blocked";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { IndicatorWindow } from "../plan/indicator-form";
import { OutlineForm } from "../plan/outline-form";
import { valued } from "../plan/words";

/** Drafting and changing a plan: its outline and its indicators. */
export default function PlanEdit() {
  const { id = "" } = useParams();
  const client = useQueryClient();
  const plan = useQuery({ queryKey: ["plan", id, "edit"], queryFn: () => getTagged<PlanDetail>(`/plans/${id}`) });
  if (blocked(plan)) return <ProblemNotice problem={plan.error} again={() => plan.refetch()} />;
  if (!plan.data) return <Skeleton active />;
  const { value } = plan.data;
  const reload = () => client.invalidateQueries({ queryKey: ["plan", id] });
  return (
    <>
      <PageHead
        title={`编制：${value.title}`}
        note={
          <>
            {value.organisation} · {value.year}年 ·{" "}
            {value.state === "published" ? "已发布" : "草稿，发布后下级才能看到"}
          </>
        }
      >
        <Link to={`/plans/${id}`}>
          <Button>看进度</Button>
        </Link>
        {value.state === "draft" && (
          <ConfirmButton
            type="primary"
            question={{
              title: "发布这份计划？",
              text: "发布后下级单位可以看到并按此分解，指标不能再删除。",
              okText: "发布",
            }}
            run={(sending) => post(`/plans/${id}/publish`, undefined, sending)}
            done={reload}
          >
            发布
          </ConfirmButton>
        )}
      </PageHead>
      <div className="stack">
        <Indicators plan={value} reload={reload} />
        <OutlineForm plan={plan.data} />
      </div>
    </>
  );
}

function Indicators({ plan, reload }: { plan: PlanDetail; reload: () => void }) {
  const [shown, show] = useState<IndicatorView | "new">();
  const title = (rows: { id?: string | null; title: string }[], id: string | null | undefined) =>
    rows.find((row) => row.id === id)?.title;
  return (
    <section className="card">
      <div className="filters">
        <h2>指标</h2>
        <span className="filters-acts">
          <Button onClick={() => show("new")}>新增指标</Button>
        </span>
      </div>
      <PlainTable<IndicatorView>
        dataSource={plan.indicators}
        locale={{ emptyText: <Empty description="先添加指标，再发布计划。" /> }}
        columns={[
          { title: "名称", dataIndex: "name" },
          { title: "目标", render: (_, row) => `${row.goal === "about" ? "约" : "不少于"} ${valued(row, row.target)}` },
          { title: "章节", render: (_, row) => title(plan.chapters, row.chapter_id) },
          { title: "关爱举措", render: (_, row) => title(plan.measures, row.measure_id) },
          { title: "来源", render: (_, row) => <Tag>{SOURCE_WORDS[row.source]}</Tag> },
          { title: "责任单位", dataIndex: "responsible" },
          {
            title: "办理",
            render: (_, row) => (
              <Space>
                <Button type="link" onClick={() => show(row)} aria-label={`修改${row.name}`}>
                  修改
                </Button>
                {plan.state === "draft" && (
                  <ConfirmButton
                    type="link"
                    aria-label={`删除${row.name}`}
                    question={{ title: `删除“${row.name}”？`, okText: "删除", danger: true }}
                    run={(sending) => del(`/indicators/${row.id}`, undefined, sending)}
                    done={reload}
                  >
                    删除
                  </ConfirmButton>
                )}
              </Space>
            ),
          },
        ]}
      />
      <IndicatorWindow
        key={typeof shown === "object" ? shown.id : shown}
        plan={plan}
        shown={shown}
        close={() => show(undefined)}
      />
    </section>
  );
}

const SOURCE_WORDS: Record<IndicatorView["source"], string> = {
  ledger: "台账",
  member_share: "入会率",
  branch_coverage: "建会率",
  manual: "手工",
};

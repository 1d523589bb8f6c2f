import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Select, Skeleton, Space } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { get, post } from "../../client/http";
import type { PlanDetail, ReportRow } from "../../client/types";
import { day, minute } from "../../shared/words";
import { ExportButton } from "../parts/acts";
import { blocked } from "../parts/blocked";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { PlanTabs } from "../plan/tabs";
import { useMay, useToday } from "../session";

/** The reports of a plan: each keeps the figures that it was made with. */
export default function PlanReports() {
  const { id = "" } = useParams();
  const may = useMay();
  const [making, make] = useState(false);
  const plan = useQuery({ queryKey: ["plan", id], queryFn: () => get<PlanDetail>(`/plans/${id}`) });
  if (blocked(plan)) return <ProblemNotice problem={plan.error} again={() => plan.refetch()} />;
  if (!plan.data) return <Skeleton active />;
  return (
    <>
      <PageHead title={plan.data.title} note={plan.data.organisation}>
        {may("plan.report") && (
          <Button type="primary" onClick={() => make(true)}>
            生成报告
          </Button>
        )}
      </PageHead>
      <PlanTabs plan={plan.data} shown="/reports" />
      <ListTable<ReportRow>
        path={`/plans/${id}/reports`}
        unit="份"
        empty="还没有生成过报告。"
        columns={[
          { title: "报告", dataIndex: "title" },
          { title: "数据截至", dataIndex: "as_of", render: day },
          { title: "台账截至", dataIndex: "cut_off", render: minute },
          { title: "生成时间", dataIndex: "made_at", render: minute },
          {
            title: "下载",
            render: (_, row) => (
              <Space>
                <ExportButton path={`/reports/${row.id}/file`} asked={{ format: "docx" }}>
                  文稿
                </ExportButton>
                <ExportButton path={`/reports/${row.id}/file`} asked={{ format: "xlsx" }}>
                  表格
                </ExportButton>
              </Space>
            ),
          },
        ]}
      />
      <NewReport plan={plan.data} open={making} close={() => make(false)} />
    </>
  );
}

interface Typed {
  period: string;
  as_of?: string | null;
}

function NewReport({ plan, open, close }: { plan: PlanDetail; open: boolean; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const today = useToday();
  const [organisation] = useOrganisation();
  const quarters = [1, 2, 3, 4].map((quarter) => ({
    value: `${plan.year}Q${quarter}`,
    label: `${plan.year}年第${"一二三四"[quarter - 1]}季度`,
  }));
  return (
    <FormModal<Typed, ReportRow>
      title="生成报告"
      open={open}
      close={close}
      okText="生成"
      initial={{ period: `${plan.year}` }}
      submit={(form, sending) =>
        post<ReportRow>(
          `/plans/${plan.id}/reports`,
          { ...form, as_of: form.as_of ?? null, organisation_id: organisation },
          sending,
        )
      }
      done={() => {
        message.success("报告已生成，可以下载。");
        close();
        client.invalidateQueries({ queryKey: [`/plans/${plan.id}/reports`] });
      }}
    >
      <p>报告里的数字以截止日期为准，之后再补记也不会变。</p>
      <Form.Item label="报告期" name="period">
        <Select options={[{ value: `${plan.year}`, label: `${plan.year}年全年` }, ...quarters]} />
      </Form.Item>
      <DayField label="数据截至（不填为期末，未到期末为今天）" name="as_of" max={today} />
    </FormModal>
  );
}

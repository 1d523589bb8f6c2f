import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Form, Input, Select } from "antd";
import { useState } from "react";
import { get, post } from "../../client/http";
import type { FoundingChoice, FoundingLine, FoundingRow, OrganisationDetail } from "../../client/types";
import { day } from "../../shared/words";
import { AttachmentField, AttachmentLink, handIn } from "../parts/attachment";
import { DayField } from "../parts/day-field";
import type { Chosen } from "../parts/file-field";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { Word } from "../parts/word";
import { useMay, useToday } from "../session";

/** The life of a union on paper: what was done, by which document, and what comes next. */
export function Founding({ of }: { of: OrganisationDetail }) {
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [entering, enter] = useState(false);
  const [takingBack, takeBack] = useState(false);
  const path = `/organisations/${of.id}/steps`;
  const line = useQuery({ queryKey: ["organisation", of.id, "steps"], queryFn: () => get<FoundingLine>(path) });
  const shown = line.data;
  const done = (said: string) => () => {
    enter(false);
    takeBack(false);
    message.success(said);
    client.invalidateQueries();
  };
  const last = shown?.steps.find((row) => row.id === shown.last);
  return (
    <section aria-label="组建与换届" className="below">
      <div className="filters">
        <h2>组建与换届</h2>
        {may("organisations.steps") && last && <Button onClick={() => takeBack(true)}>撤回上一步</Button>}
        {may("organisations.steps") && shown && shown.next.length > 0 && (
          <Button type="primary" onClick={() => enter(true)}>
            登记步骤
          </Button>
        )}
      </div>
      <ProblemNotice problem={line.error} again={() => line.refetch()} />
      <PlainTable<FoundingRow>
        size="small"
        loading={line.isPending}
        dataSource={shown?.steps}
        locale={{
          emptyText: <Empty description="还没有登记。老工会可以从现有的一步登记起，如“法人登记”或“启动换届”。" />,
        }}
        columns={[
          {
            title: "步骤",
            render: (_, row) => (row.taken_back ? <Word tone="quiet">{`${row.label}（已撤回）`}</Word> : row.label),
          },
          { title: "日期", render: (_, row) => day(row.day) },
          { title: "文号", render: (_, row) => row.document_number },
          { title: "情况", render: (_, row) => told(row) },
          { title: "文件", render: (_, row) => <AttachmentLink file={row.file} /> },
        ]}
      />
      {shown && entering && (
        <EnterWindow of={of} line={shown} path={path} close={() => enter(false)} done={done("已登记")} />
      )}
      {last && (
        <ReasonWindow
          open={takingBack}
          title="撤回上一步"
          text={`撤回“${last.label}”（${day(last.day)}）；由它带出的主席、任期、信用代码等恢复为原来的内容。记录仍可查到。`}
          danger
          path={`${path}/take-back`}
          beside={{ step_id: last.id }}
          close={() => takeBack(false)}
          done={done("已撤回")}
        />
      )}
    </section>
  );
}

/** What a step tells beside its paper. */
function told(row: FoundingRow): string {
  if (row.taken_back) return `撤回原因：${row.taken_back}`;
  const { entitled, present, votes, seats, candidates } = row.election ?? {};
  const parts = [
    row.chair && `主席 ${row.chair}`,
    row.term_ends_on && `任期到${day(row.term_ends_on)}`,
    entitled && `应到 ${entitled}`,
    present && `实到 ${present}`,
    votes && `最少得票 ${votes}`,
    seats && `应选 ${seats}`,
    candidates && `候选 ${candidates}`,
    row.credit_code,
    row.note,
  ];
  return parts.filter(Boolean).join("，");
}

interface Typed {
  step: string;
  day: string;
  document_number?: string;
  file?: Chosen;
  chair?: string;
  term_years?: number;
  election?: Record<string, number | null>;
  credit_code?: string;
  note?: string;
}

interface EnterProps {
  of: OrganisationDetail;
  line: FoundingLine;
  path: string;
  close: () => void;
  done: () => void;
}

const FIGURES = [
  ["entitled", "应到人数"],
  ["present", "实到人数"],
  ["votes", "当选者最少得票"],
  ["seats", "应选人数"],
  ["candidates", "候选人数"],
] as const;

function EnterWindow({ of, line, path, close, done }: EnterProps) {
  const today = useToday();
  return (
    <FormModal<Typed, FoundingLine>
      title={`登记步骤：${of.name}`}
      open
      close={close}
      okText="登记"
      width={720}
      initial={{ step: line.next[0]?.step, day: today, term_years: line.terms[0] }}
      submit={async ({ file, ...typed }, sending) => {
        const attachment_id = await handIn(file, of.id);
        return post<FoundingLine>(path, { ...typed, attachment_id }, sending);
      }}
      done={done}
    >
      {(form) => (
        <div className="two">
          <Form.Item label="步骤" name="step">
            <Select options={line.next.map((one) => ({ value: one.step, label: one.label }))} />
          </Form.Item>
          <DayField label="文件或选举日期" name="day" required max={today} />
          <Form.Item noStyle shouldUpdate={(before, after) => before.step !== after.step}>
            {() => (
              <OfStep step={line.next.find((one) => one.step === form.getFieldValue("step"))} terms={line.terms} />
            )}
          </Form.Item>
          <div className="whole">
            <AttachmentField label="文件（选填）" />
          </div>
        </div>
      )}
    </FormModal>
  );
}

/** The fields that one step has. */
function OfStep({ step, terms }: { step: FoundingChoice | undefined; terms: number[] }) {
  if (!step) return null;
  return (
    <>
      <Form.Item
        label={step.is_paper ? "文号" : "文号（选填）"}
        name="document_number"
        rules={[{ required: step.is_paper, message: "请填写文号" }]}
      >
        <Input maxLength={60} placeholder="如：乌工发〔2026〕12号" />
      </Form.Item>
      {step.step === "legal_person" && (
        <Form.Item
          label="统一社会信用代码"
          name="credit_code"
          rules={[{ required: true, message: "请填写信用代码" }]}
          extra="法人证书上的代码，以 81 或 13 开头"
        >
          <Input maxLength={18} />
        </Form.Item>
      )}
      {step.is_election && (
        <>
          <Form.Item label="当选主席" name="chair">
            <Input maxLength={50} />
          </Form.Item>
          <Form.Item label="本届任期" name="term_years">
            <Select options={terms.map((value) => ({ value, label: `${value} 年` }))} />
          </Form.Item>
          {FIGURES.map(([name, label]) => (
            <Form.Item key={name} label={`${label}（选填）`} name={["election", name]}>
              <NumberField min={0} precision={0} />
            </Form.Item>
          ))}
        </>
      )}
      <Form.Item
        label={step.step === "changed" ? "变更了什么" : "说明（选填）"}
        name="note"
        className="whole"
        rules={[{ required: step.step === "changed", message: "请写明变更了什么" }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </>
  );
}

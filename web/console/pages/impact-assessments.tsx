import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { address, get, post, put } from "../../client/http";
import type { AssessmentRow, MissingAssessment, Page } from "../../client/types";
import { upload } from "../../client/upload";
import { day } from "../../shared/words";
import { DayField } from "../parts/day-field";
import { ATTACHED, type Chosen, chosenFile, FileField } from "../parts/file-field";
import { FilterCheck } from "../parts/filter-select";
import { FormModal } from "../parts/form-modal";
import { ListTable, SearchBox } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { CONCLUSIONS, CONSENTS } from "../people/words";
import { useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", expired: "", soon: "" };
const PATH = "/impact-assessments";
const TEXTS = [
  { name: "aims", label: "目的和方式是否合法、正当、必要" },
  { name: "risks", label: "对个人权益的影响及安全风险" },
  { name: "measures", label: "所采取的保护措施是否合法、有效并与风险程度相适应" },
];

/** The register of impact assessments, and what is handled without one. */
export default function ImpactAssessments() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [shown, show] = useState<AssessmentRow | "new">();
  const [resting, restOn] = useState<AssessmentRow>();
  const [organisation] = useOrganisation();
  const client = useQueryClient();
  const today = useToday();
  const missing = useQuery({
    queryKey: [`${PATH}/missing`, organisation],
    queryFn: () => get<Page<MissingAssessment>>(`${PATH}/missing`, { organisation }),
    enabled: organisation !== "",
  });
  const before = typeof shown === "object" ? shown : undefined;
  const labels = missing.data?.items.map((one) => one.label) ?? [];
  return (
    <>
      <PageHead note="处理敏感个人信息前要先评估并记录，记录至少保存三年，不能删除（个人信息保护法第五十五、五十六条）。到期的请重新评估，另登一条。">
        <TakeAway
          path={`${PATH}/exports`}
          asked={{
            ...filters,
            expired: filters.expired === "true" || undefined,
            soon: filters.soon === "true" || undefined,
          }}
          organisation={organisation}
          permission="access.assess"
        />
        <Button type="primary" onClick={() => show("new")}>
          登记评估
        </Button>
      </PageHead>
      <ProblemNotice problem={missing.error} again={() => missing.refetch()} />
      {labels.length > 0 && (
        <Alert
          className="notice"
          type="warning"
          showIcon
          title={`还没有有效评估的敏感个人信息处理：${labels.join("；")}`}
        />
      )}
      <ListTable<AssessmentRow>
        path={PATH}
        asked={{ ...filters, organisation }}
        empty="还没有登记评估。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="处理活动或评估人" value={filters.q} change={(q) => change({ q })} />
            <FilterCheck
              label="只看到期未重新评估的"
              value={filters.expired}
              change={(expired) => change({ expired })}
            />
            <FilterCheck label="只看60天内到期的" value={filters.soon} change={(soon) => change({ soon })} />
          </>
        }
        expandable={{ expandedRowRender: (row) => <Assessed of={row} /> }}
        columns={[
          { title: "处理活动", dataIndex: "subject" },
          { title: "单独同意事项", render: (_, row) => row.purpose_label },
          { title: "工会", dataIndex: "organisation" },
          { title: "结论", dataIndex: "conclusion_label" },
          { title: "评估人", dataIndex: "assessor" },
          { title: "评估日期", render: (_, row) => day(row.assessed_on) },
          {
            title: "有效期至",
            render: (_, row) => {
              if (row.displaced) return <Word tone="quiet">已重新评估</Word>;
              return row.expired ? <Word tone="bad">{day(row.valid_until)}已到期</Word> : day(row.valid_until);
            },
          },
          {
            title: "办理",
            render: (_, row) => (
              <>
                <Button type="link" onClick={() => show(row)}>
                  修改
                </Button>
                <Button type="link" onClick={() => restOn(row)}>
                  上传附件
                </Button>
              </>
            ),
          },
        ]}
      />
      <FormModal<Partial<AssessmentRow>, unknown>
        title={before ? `修改：${before.subject}` : "登记个人信息保护影响评估"}
        open={shown !== undefined}
        close={() => show(undefined)}
        width={720}
        initial={before ?? { organisation_id: organisation, conclusion: "guarded", assessed_on: today }}
        submit={(form, sending) => {
          const body = { ...form, purpose: form.purpose || null };
          return before
            ? put(`${PATH}/${before.id}`, body, { ...sending, tag: `"${before.version}"` })
            : post(PATH, body, sending);
        }}
        done={() => {
          show(undefined);
          for (const path of [PATH, `${PATH}/missing`]) client.invalidateQueries({ queryKey: [path] });
        }}
      >
        <Form.Item label="工会" name="organisation_id">
          <OrganisationPicker />
        </Form.Item>
        <Form.Item label="处理活动" name="subject" rules={[{ required: true, message: "请填写处理活动" }]}>
          <Input maxLength={100} placeholder="例如：驿站心理咨询预约和记录" />
        </Form.Item>
        <Form.Item label="单独同意事项（有的话）" name="purpose">
          <Select allowClear options={options(CONSENTS)} />
        </Form.Item>
        {TEXTS.map(({ name, label }) => (
          <Form.Item key={name} label={label} name={name} rules={[{ required: true, message: "请填写" }]}>
            <Input.TextArea rows={3} maxLength={1000} />
          </Form.Item>
        ))}
        <Form.Item label="结论" name="conclusion">
          <Select options={options(CONCLUSIONS)} />
        </Form.Item>
        <Form.Item label="评估人" name="assessor" rules={[{ required: true, message: "请填写评估人" }]}>
          <Input maxLength={100} />
        </Form.Item>
        <DayField label="评估日期" name="assessed_on" required max={today} />
        <DayField label="有效期至" name="valid_until" required />
      </FormModal>
      <FormModal<{ file: Chosen }, AssessmentRow>
        title={`上传附件：${resting?.subject ?? ""}`}
        open={resting !== undefined}
        close={() => restOn(undefined)}
        okText="上传"
        submit={(form, { key }) => {
          const body = new FormData();
          body.set("file", chosenFile(form.file) as File);
          return upload<AssessmentRow>(`${PATH}/${resting?.id}/files`, body, { key });
        }}
        done={() => {
          restOn(undefined);
          client.invalidateQueries({ queryKey: [PATH] });
        }}
      >
        <FileField label="评估报告、审批表等" required {...ATTACHED} />
      </FormModal>
    </>
  );
}

/** What was found. */
function Assessed({ of }: { of: AssessmentRow }) {
  return (
    <>
      <p>目的和方式：{of.aims}</p>
      <p>影响和风险：{of.risks}</p>
      <p>保护措施：{of.measures}</p>
      {of.files.map((file) => (
        <p key={file.id}>
          <a href={address(`${PATH}/${of.id}/file`, { attachment: file.id })} download>
            {file.name}
          </a>
        </p>
      ))}
    </>
  );
}

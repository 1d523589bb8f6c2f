import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Radio, Space } from "antd";
import { useState } from "react";
import { post } from "../../client/http";
import type { Erased, PrivacyCase } from "../../client/types";
import { day, minute } from "../../shared/words";
import { TermActs, TermText } from "../membership/term";
import { FilterCheck, FilterSelect } from "../parts/filter-select";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { options } from "../parts/options";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";
import { PersonName } from "../people/person-name";
import { PRIVACY_STATES } from "../people/words";
import { useFilters } from "../use-filters";

const DEFAULTS = { state: "waiting", paused: "" };
const KINDS = { correct: "更正", delete: "删除" } as const;

/** The last day for the answer, where it is known. */
const term = (row: PrivacyCase) => {
  if (row.term) return <TermText term={row.term} />;
  if (row.overdue) return <Word tone="bad">{day(row.due_on)} 已超期</Word>;
  return row.state === "waiting" && !row.due_on ? "放假安排公布后确定" : day(row.due_on);
};

/** What members ask about their personal data. */
export default function PrivacyRequests() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [shown, show] = useState<PrivacyCase>();
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ["/privacy-requests"] });
  return (
    <>
      <PageHead note="职工要求更正或删除个人信息的，须在期限内答复并说明理由。" />
      <ListTable<PrivacyCase>
        path="/privacy-requests"
        asked={{ state: filters.state, paused: filters.paused === "true" ? true : undefined }}
        unit="件"
        empty="没有待答复的请求。"
        filtered={isFiltered}
        filters={
          <>
            <FilterSelect
              always
              label="状态"
              value={filters.state}
              change={(state) => change({ state })}
              options={options(PRIVACY_STATES)}
            />
            <FilterCheck label="只看暂停" value={filters.paused} change={(paused) => change({ paused })} />
          </>
        }
        columns={[
          {
            title: "姓名",
            render: (_, row) => <PersonName of={row} />,
          },
          { title: "工会", dataIndex: "organisation" },
          { title: "要求", render: (_, row) => KINDS[row.kind] },
          { title: "内容", dataIndex: "text", width: 240 },
          { title: "提出时间", render: (_, row) => minute(row.asked_at) },
          { title: "答复期限", width: 220, render: (_, row) => term(row) },
          {
            title: "答复",
            width: 200,
            render: (_, row) =>
              row.state === "waiting" ? (
                <Space>
                  <Button type="primary" size="small" onClick={() => show(row)}>
                    答复
                  </Button>
                  <TermActs
                    size="small"
                    path={`/privacy-requests/${row.id}`}
                    what={`${row.name}的个人信息请求`}
                    term={row.term}
                    done={again}
                  />
                </Space>
              ) : (
                <>
                  <Word tone={row.state === "done" ? "good" : "quiet"}>{PRIVACY_STATES[row.state]}</Word> {row.answer}
                </>
              ),
          },
        ]}
      />
      <FormModal<{ done: boolean; answer: string; erased?: Erased }, unknown>
        title={`答复：${shown?.name ?? ""}`}
        open={shown !== undefined}
        close={() => show(undefined)}
        okText="答复"
        initial={{ done: true }}
        submit={(form, sending) => post(`/privacy-requests/${shown?.id}/answer`, form, sending)}
        done={() => {
          show(undefined);
          again();
        }}
      >
        <p>{shown?.text}</p>
        <Form.Item label="结果" name="done">
          <Radio.Group
            options={[
              { value: true, label: "已办理" },
              { value: false, label: "不予办理" },
            ]}
          />
        </Form.Item>
        {shown?.kind === "delete" && (
          <Form.Item noStyle dependencies={["done"]}>
            {({ getFieldValue }) =>
              getFieldValue("done") && (
                <Form.Item
                  label="删除的范围"
                  name="erased"
                  rules={[{ required: true, message: "请选择删除的范围" }]}
                  extra="全部删除后不能恢复：姓名、证件号码、手机号码等不再保存，服务数字不变，本人会收到短信。"
                >
                  <Radio.Group
                    options={[
                      { value: "part", label: "只是其中一部分（已在档案里改好）" },
                      { value: "everything", label: "全部个人信息" },
                    ]}
                  />
                </Form.Item>
              )
            }
          </Form.Item>
        )}
        <Form.Item label="说明（本人会看到）" name="answer" rules={[{ required: true, message: "请写明" }]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      </FormModal>
    </>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Card, Form, Input, Select, Skeleton } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { get, post } from "../../client/http";
import type { FactRow, PersonDetail, RevealPurpose } from "../../client/types";
import { count, day, minute, yuan } from "../../shared/words";
import { FACT_KIND, FACT_SOURCE } from "../ledger/fact-columns";
import { useGroupOptions } from "../membership/groups";
import { blocked } from "../parts/blocked";
import { Details } from "../parts/details";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { options } from "../parts/options";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { BindPhone } from "../people/bind-phone";
import { ChangePerson } from "../people/change-person";
import { LegalHold } from "../people/legal-hold";
import { AddPaper, PaperActs, Term } from "../people/papers";
import { PhoneLost } from "../people/phone-lost";
import { PURPOSES } from "../people/words";
import { useMay } from "../session";

/** One person: masked, each secret opened one by one with a reason, and all that was done for him. */
export default function Person() {
  const { id = "" } = useParams();
  const may = useMay();
  const client = useQueryClient();
  const { modal } = App.useApp();
  const [opening, open] = useState<{ field: string; paper_id?: string; label: string }>();
  const groups = new Map(useGroupOptions().map((one) => [one.value, one.label]));
  const person = useQuery({ queryKey: ["person", id], queryFn: () => get<PersonDetail>(`/people/${id}`) });
  if (blocked(person)) return <ProblemNotice problem={person.error} again={() => person.refetch()} />;
  if (!person.data) return <Skeleton active />;
  const shown = person.data;
  const changed = () => client.invalidateQueries();
  const secret = (text: string, field: string, label: string, paper_id?: string) => (
    <>
      {text}
      {may("people.reveal") && (
        <Button type="link" size="small" onClick={() => open({ field, paper_id, label })}>
          查看
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHead title={shown.name} note={shown.organisation_name}>
        <ChangePerson person={shown} changed={changed} />
        <AddPaper person={shown} changed={changed} />
        <LegalHold person={shown} changed={() => person.refetch()} />
      </PageHead>
      {shown.merged_into && (
        <Alert
          className="notice"
          type="info"
          showIcon
          title={
            <>
              这份档案已并入<Link to={`/people/${shown.merged_into}`}>另一份档案</Link>，请到那里查看和办理。
            </>
          }
        />
      )}
      {shown.erased_at && (
        <Alert
          className="notice"
          type="info"
          showIcon
          title={`${minute(shown.erased_at)} 已匿名化：不再保存姓名和号码，服务数字不变。`}
        />
      )}
      {shown.phone_lost_at && <PhoneLost at={shown.phone_lost_at} />}
      {shown.hold && (
        <Alert
          className="notice"
          type="warning"
          showIcon
          title={`法定保留：${shown.hold.reason}（${minute(shown.hold.placed_at)} 起）`}
        />
      )}
      <Card>
        <Details
          column={{ xs: 1, sm: 2 }}
          items={[
            ...shown.papers.map((paper) => ({
              key: paper.id,
              label: paper.kind_label,
              children: (
                <div>
                  {secret(paper.number, "document_number", paper.kind_label, paper.id)}
                  <PaperActs person={shown} paper={paper} changed={changed} />
                  <Term paper={paper} />
                </div>
              ),
            })),
            {
              key: "phone",
              label: "手机",
              children: shown.phone ? (
                secret(shown.phone, "phone", "手机")
              ) : shown.erased_at || shown.merged_into ? null : (
                <BindPhone person={id} name={shown.name} done={() => person.refetch()} />
              ),
            },
            { key: "birth", label: "出生年份", children: shown.birth_year },
            { key: "group", label: "职工群体", children: groups.get(shown.group ?? "") },
          ]}
        />
      </Card>
      <h2>工会为他做的事</h2>
      <ListTable<FactRow>
        path={`/people/${id}/records`}
        unit="笔"
        empty="还没有记录。"
        columns={[
          { title: "日期", render: (_, row) => day(row.day) },
          FACT_KIND,
          {
            title: "记录单位",
            render: (_, row) => (
              <>
                {row.organisation.name}
                {row.place && <div className="quiet">{row.place.name}</div>}
              </>
            ),
          },
          { title: "数量", align: "right", render: (_, row) => count(row.quantity) },
          {
            title: "金额（元）",
            align: "right",
            render: (_, row) => row.amount_fen !== 0 && yuan(row.amount_fen),
          },
          FACT_SOURCE,
        ]}
      />
      <FormModal<{ purpose: RevealPurpose; reason: string }, { value: string }>
        title={`查看${opening?.label ?? ""}`}
        open={opening !== undefined}
        close={() => open(undefined)}
        okText="查看"
        submit={(form, sending) =>
          post<{ value: string }>(
            `/people/${id}/reveal`,
            { field: opening?.field, paper_id: opening?.paper_id ?? null, ...form },
            sending,
          )
        }
        done={(answer) => {
          const label = opening?.label;
          open(undefined);
          modal.info({ title: label, content: answer.value, okText: "关闭" });
        }}
      >
        <p>查看会记入审计，本人也能看到谁在什么时候因为什么看过。</p>
        <Form.Item label="用途" name="purpose" rules={[{ required: true, message: "请选择用途" }]}>
          <Select aria-label="用途" options={options(PURPOSES)} />
        </Form.Item>
        <Form.Item label="原因" name="reason" rules={[{ required: true, message: "请填写原因" }]}>
          <Input maxLength={200} />
        </Form.Item>
      </FormModal>
    </>
  );
}

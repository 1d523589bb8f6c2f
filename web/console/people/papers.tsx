import { App, Button, Form, Input, Select, Space, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { Problem, post, type Sending } from "../../client/http";
import type { PersonDetail } from "../../client/types";
import { PAPERS } from "../../shared/papers";
import { day } from "../../shared/words";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { options } from "../parts/options";
import { useMay } from "../session";
import { MergeWindow } from "./merge-window";

type Paper = PersonDetail["papers"][number];

interface Of {
  person: PersonDetail;
  changed: () => void;
}

interface Days {
  valid_from?: string | null;
  valid_to?: string | null;
}

/** Whether papers may be kept here: a record that was merged or made nameless holds none. */
const useKeeps = (person: PersonDetail) => useMay()("people.manage") && !person.merged_into && !person.erased_at;

/** Sends what becomes of papers, if nobody else changed the record since it was read. */
const send = (before: PersonDetail | undefined, path: string, form: object, sending: Sending) =>
  post<PersonDetail>(`/people/${before?.id}/papers${path}`, form, { ...sending, tag: `"${before?.version}"` });

/** From when to when a paper is valid, and that it ran out. */
export function Term({ paper }: { paper: Paper }) {
  if (!paper.valid_from && !paper.valid_to) return null;
  return (
    <div className="quiet">
      有效期{paper.valid_from && ` ${day(paper.valid_from)} 起`}
      {paper.valid_to && ` 至 ${day(paper.valid_to)}`}
      {paper.expired && <Tag color="warning">已过期</Tag>}
    </div>
  );
}

/** Adds a paper that the officer has before him. */
export function AddPaper({ person, changed }: Of) {
  // As it was read when the window opened.
  const [before, open] = useState<PersonDetail>();
  const { message } = App.useApp();
  const other = useOther();
  if (!useKeeps(person)) return null;
  const close = () => {
    other.forget();
    open(undefined);
  };
  return (
    <>
      <Button onClick={() => open(person)}>添加证件</Button>
      <FormModal<Days & { kind: string; number: string }, PersonDetail>
        title={`添加证件：${person.name}`}
        open={before !== undefined}
        close={close}
        okText="添加"
        submit={(form, sending) => other.noticed(send(before, "", form, sending))}
        done={() => {
          close();
          message.success("已添加");
          changed();
        }}
      >
        <p>请先看过证件原件。添加后，凭这个证件号码也能找到这份档案。添加记入审计，本人可以看到。</p>
        <Form.Item label="证件类型" name="kind" rules={[{ required: true, message: "请选择证件类型" }]}>
          <Select options={options(PAPERS)} />
        </Form.Item>
        <Form.Item label="证件号码" name="number" rules={[{ required: true, message: "请填写证件号码" }]}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <TermFields />
        {other.id && <Compared person={person.id} other={other.id} close={close} />}
      </FormModal>
    </>
  );
}

/** What may be done to one of the papers. */
export function PaperActs({ person, paper, changed }: Of & { paper: Paper }) {
  if (!useKeeps(person)) return null;
  return (
    <>
      <CorrectPaper person={person} paper={paper} changed={changed} />
      {person.papers.length > 1 && <RemovePaper person={person} paper={paper} changed={changed} />}
    </>
  );
}

function CorrectPaper({ person, paper, changed }: Of & { paper: Paper }) {
  const [before, open] = useState<PersonDetail>();
  const { message } = App.useApp();
  const other = useOther();
  const close = () => {
    other.forget();
    open(undefined);
  };
  return (
    <>
      <Button type="link" size="small" aria-label={`更正号码：${paper.kind_label}`} onClick={() => open(person)}>
        更正号码
      </Button>
      <FormModal<Days & { number?: string; reason: string }, PersonDetail>
        title={`更正${paper.kind_label}：${paper.number}`}
        open={before !== undefined}
        close={close}
        okText="更正"
        initial={{ valid_from: paper.valid_from, valid_to: paper.valid_to }}
        submit={(form, sending) =>
          other.noticed(send(before, "/correct", { paper_id: paper.id, ...form, number: form.number || null }, sending))
        }
        done={() => {
          close();
          message.success("已更正");
          changed();
        }}
      >
        <p>
          请先看过证件原件。更正后，凭原来的号码不再找到这份档案；出生日期随号码更正。更正记入审计，本人可以看到原因。
        </p>
        <Form.Item label="正确的号码（不填为不改）" name="number">
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <TermFields />
        <Reason />
        {other.id && <Compared person={person.id} other={other.id} close={close} />}
      </FormModal>
    </>
  );
}

function RemovePaper({ person, paper, changed }: Of & { paper: Paper }) {
  const [before, open] = useState<PersonDetail>();
  const { message } = App.useApp();
  return (
    <>
      <Button type="link" size="small" danger aria-label={`删除：${paper.kind_label}`} onClick={() => open(person)}>
        删除
      </Button>
      <FormModal<{ reason: string }, PersonDetail>
        title={`删除${paper.kind_label}：${paper.number}`}
        open={before !== undefined}
        close={() => open(undefined)}
        okText="删除"
        danger
        submit={(form, sending) => send(before, "/remove", { paper_id: paper.id, ...form }, sending)}
        done={() => {
          open(undefined);
          message.success("已删除");
          changed();
        }}
      >
        <p>只删除登记错的证件。删除后，凭这个号码不再找到这份档案。删除记入审计，本人可以看到原因。</p>
        <Reason />
      </FormModal>
    </>
  );
}

function TermFields() {
  return (
    <Space size="large">
      <DayField label="有效期起（可不填）" name="valid_from" />
      <DayField label="有效期止（长期有效的不填）" name="valid_to" />
    </Space>
  );
}

function Reason() {
  return (
    <Form.Item label="原因" name="reason" rules={[{ required: true, message: "请填写原因" }]}>
      <Input placeholder="如：录入时看错一位" maxLength={200} />
    </Form.Item>
  );
}

/** The record that was found to hold a number, if the officer may see it. */
function useOther() {
  const [id, set] = useState<string>();
  const noticed = async (asked: Promise<PersonDetail>) => {
    set(undefined);
    try {
      return await asked;
    } catch (problem) {
      if (problem instanceof Problem) set((problem.extra as { person_id?: string } | undefined)?.person_id);
      throw problem;
    }
  };
  return { id, noticed, forget: () => set(undefined) };
}

/** Leads to the record that holds the number: to look at, and to merge by whoever may. */
function Compared({ person, other, close }: { person: string; other: string; close: () => void }) {
  const [comparing, compare] = useState(false);
  const may = useMay();
  return (
    <Space>
      <Link to={`/people/${other}`} onClick={close}>
        查看登记了这个号码的档案
      </Link>
      {may("people.merge") && (
        <>
          <Button onClick={() => compare(true)}>比对并合并</Button>
          <MergeWindow
            group={comparing ? { people: [{ id: other }, { id: person }] } : undefined}
            close={() => {
              compare(false);
              close();
            }}
          />
        </>
      )}
    </Space>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Radio, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { post } from "../../client/http";
import type { DuplicateGroup, PersonDetail, PersonRow } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { PageHead } from "../parts/page-head";
import { useFilters } from "../use-filters";

const DEFAULTS = { by: "birth_date" };
const BY = [
  { value: "birth_date", label: "姓名和出生日期相同" },
  { value: "phone", label: "姓名和手机号码相同" },
];

interface Typed {
  into_id: string;
  reason: string;
}

/** Records that may be one person; a human decides and merges them. */
export default function Duplicates() {
  const [filters, change] = useFilters(DEFAULTS);
  const [shown, show] = useState<DuplicateGroup>();
  return (
    <>
      <PageHead title="疑似重复" note="系统只提示，是不是同一个人由您判断；合并后会员、台账和证件都归到保留的档案。" />
      <ListTable<DuplicateGroup>
        path="/people/duplicates"
        asked={filters}
        rowKey={(group) => group.people[0]?.id ?? ""}
        unit="组"
        empty="没有疑似重复的档案。"
        filters={
          <Select
            aria-label="相同之处"
            style={{ width: 200 }}
            options={BY}
            value={filters.by}
            onChange={(by) => change({ by })}
          />
        }
        columns={[
          { title: "姓名", render: (_, group) => each(group, (person) => <Named person={person} />) },
          { title: "证件号码", render: (_, group) => each(group, (person) => person.document ?? "—") },
          { title: "手机", render: (_, group) => each(group, (person) => person.phone ?? "—") },
          { title: "工会", render: (_, group) => each(group, (person) => person.organisation_name) },
          {
            title: "办理",
            render: (_, group) => (
              <Button type="link" aria-label={`合并${group.people[0]?.name}`} onClick={() => show(group)}>
                合并
              </Button>
            ),
          },
        ]}
      />
      {shown && <MergeWindow group={shown} close={() => show(undefined)} />}
    </>
  );
}

const Named = ({ person }: { person: PersonRow }) => <Link to={`/people/${person.id}`}>{person.name}</Link>;

/** A line a record, so that what differs stands one above the other. */
const each = (group: DuplicateGroup, shown: (person: PersonRow) => React.ReactNode) =>
  group.people.map((person) => <div key={person.id}>{shown(person)}</div>);

function MergeWindow({ group, close }: { group: DuplicateGroup; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return (
    <FormModal<Typed, PersonDetail | undefined>
      title="合并为一份档案"
      open
      close={close}
      okText="合并"
      danger
      initial={{ into_id: group.people[0]?.id }}
      submit={async ({ into_id, reason }, sending) => {
        let kept: PersonDetail | undefined;
        for (const { id } of group.people.filter((person) => person.id !== into_id)) {
          const key = `${sending.key} ${id}`;
          kept = await post<PersonDetail>(`/people/${id}/merge`, { into_id, reason }, { ...sending, key });
        }
        return kept;
      }}
      done={() => {
        message.success("已合并");
        close();
        client.invalidateQueries();
      }}
    >
      <p>合并后不能撤销。请先核对证件，确认是同一个人；不是的，请关闭本窗口。</p>
      <Form.Item label="保留哪一份" name="into_id">
        <Radio.Group
          className="choices"
          options={group.people.map((person) => ({
            value: person.id,
            label: [person.name, person.document, person.phone, person.organisation_name].filter(Boolean).join(" · "),
          }))}
        />
      </Form.Item>
      <Form.Item label="合并原因" name="reason" rules={[{ required: true, message: "请填写合并原因" }]}>
        <Input placeholder="如：同一人换发证件后又登记了一次" maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}

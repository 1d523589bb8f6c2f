import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, InputNumber, Table } from "antd";
import { useState } from "react";
import { get, post, put } from "../../client/http";
import type { WorkerGroup } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";
import { useMay } from "../session";

interface Typed {
  code?: string;
  label: string;
  focus: boolean;
  offered: boolean;
  sort: number;
}

/** The worker groups that people are told apart by. */
export default function WorkerGroups() {
  const [shown, show] = useState<WorkerGroup | "new">();
  const client = useQueryClient();
  const may = useMay()("workforce.manage");
  const groups = useQuery({ queryKey: ["worker-groups"], queryFn: () => get<WorkerGroup[]>("/worker-groups") });
  const before = typeof shown === "object" ? shown : undefined;
  return (
    <>
      <PageHead title="职工群体" note="重点群体计入入会率；停用的群体不再出现在选项里，已有记录不变。">
        {may && (
          <Button type="primary" onClick={() => show("new")}>
            新增群体
          </Button>
        )}
      </PageHead>
      <ProblemNotice problem={groups.error} again={() => groups.refetch()} />
      <Table<WorkerGroup>
        rowKey="code"
        loading={groups.isPending}
        pagination={false}
        scroll={{ x: "max-content" }}
        dataSource={groups.data ?? []}
        columns={[
          { title: "群体", dataIndex: "label" },
          { title: "代码", dataIndex: "code" },
          { title: "重点", render: (_, row) => (row.focus ? "是" : "") },
          {
            title: "状态",
            render: (_, row) => (row.offered ? <Word tone="good">可选</Word> : <Word tone="quiet">停用</Word>),
          },
          {
            title: "办理",
            hidden: !may,
            render: (_, row) => (
              <Button type="link" onClick={() => show(row)}>
                修改
              </Button>
            ),
          },
        ]}
      />
      <FormModal<Typed, unknown>
        title={before ? `修改：${before.label}` : "新增职工群体"}
        open={shown !== undefined}
        close={() => show(undefined)}
        initial={before ?? { focus: false, offered: true, sort: 100 }}
        submit={(form, sending) =>
          before
            ? put(`/worker-groups/${before.code}`, form, { ...sending, tag: `"${before.version}"` })
            : post("/worker-groups", form, sending)
        }
        done={() => {
          show(undefined);
          client.invalidateQueries({ queryKey: ["worker-groups"] });
        }}
      >
        {!before && (
          <Form.Item label="代码（小写字母和下划线）" name="code" rules={[{ required: true, message: "请填写代码" }]}>
            <Input maxLength={40} />
          </Form.Item>
        )}
        <Form.Item label="名称" name="label" rules={[{ required: true, message: "请填写名称" }]}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="focus" valuePropName="checked">
          <Checkbox>重点群体</Checkbox>
        </Form.Item>
        <Form.Item name="offered" valuePropName="checked">
          <Checkbox>可选</Checkbox>
        </Form.Item>
        <Form.Item label="次序" name="sort">
          <InputNumber />
        </Form.Item>
      </FormModal>
    </>
  );
}

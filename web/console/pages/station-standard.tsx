import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, InputNumber, Select, Table } from "antd";
import { useState } from "react";
import { get, post, put } from "../../client/http";
import type { StandardRow, StationStandard } from "../../client/types";
import { count } from "../../shared/words";
import { FormModal } from "../parts/form-modal";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";
import { useMay } from "../session";

/** The checklist by which stations are inspected. */
export default function Standard() {
  const [shown, show] = useState<StandardRow | "new">();
  const client = useQueryClient();
  const may = useMay()("station.catalogue");
  const asked = useQuery({
    queryKey: ["/station-standard"],
    queryFn: () => get<StationStandard>("/station-standard"),
  });
  const before = typeof shown === "object" ? shown : undefined;
  const strengths = asked.data?.strengths ?? [];
  return (
    <>
      <PageHead
        title="驿站标准"
        note="按“五强”分项评分；“否决项”不得分即为未达标。由最上级工会统一维护，已完成的检查不受影响。"
      >
        {may && (
          <Button type="primary" onClick={() => show("new")}>
            新增条目
          </Button>
        )}
      </PageHead>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      <p role="status" className="quiet">
        在用条目满分 {count(asked.data?.out_of ?? 0)} 分
        {strengths.length > 0 && `：${strengths.map((one) => `${one.label} ${one.out_of} 分`).join("，")}`}
        。得分折算为百分制；各星级的分数线在“规则”页设定。
      </p>
      <Table<StandardRow>
        rowKey="code"
        size="middle"
        loading={asked.isPending}
        pagination={false}
        scroll={{ x: "max-content" }}
        dataSource={asked.data?.items ?? []}
        columns={[
          {
            title: "五强",
            dataIndex: "strength_label",
            filters: strengths.map((one) => ({ value: one.strength, text: one.label })),
            onFilter: (value, row) => row.strength === value,
          },
          {
            title: "检查内容",
            render: (_, row) => (
              <div className="wide-cell">
                {row.label} {row.critical && <Word tone="bad">否决项</Word>}
                <div className="quiet">{row.guide}</div>
              </div>
            ),
          },
          { title: "分值", align: "right", dataIndex: "weight" },
          {
            title: "状态",
            render: (_, row) => (row.offered ? <Word tone="good">在用</Word> : <Word tone="quiet">停用</Word>),
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
      <FormModal<Partial<StandardRow>, unknown>
        title={before ? `修改：${before.label}` : "新增条目"}
        open={shown !== undefined}
        close={() => show(undefined)}
        initial={before ?? { strength: "leadership", weight: 5, critical: false, offered: true, sort: 200 }}
        submit={(form, sending) =>
          before
            ? put(`/station-standard/${before.code}`, form, { ...sending, tag: `"${before.version}"` })
            : post("/station-standard", form, sending)
        }
        done={() => {
          show(undefined);
          client.invalidateQueries({ queryKey: ["/station-standard"] });
        }}
      >
        {!before && (
          <Form.Item label="代码（小写字母和下划线）" name="code" rules={[{ required: true, message: "请填写代码" }]}>
            <Input maxLength={40} />
          </Form.Item>
        )}
        <Form.Item label="五强" name="strength">
          <Select options={strengths.map((one) => ({ value: one.strength, label: one.label }))} />
        </Form.Item>
        <Form.Item label="检查内容" name="label" rules={[{ required: true, message: "请填写检查内容" }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item label="评分说明" name="guide">
          <Input.TextArea rows={2} maxLength={200} />
        </Form.Item>
        <Form.Item label="分值" name="weight" rules={[{ required: true, message: "请填写分值" }]}>
          <InputNumber min={1} max={100} precision={0} />
        </Form.Item>
        <Form.Item name="critical" valuePropName="checked">
          <Checkbox>否决项（不得分即未达标）</Checkbox>
        </Form.Item>
        <Form.Item name="offered" valuePropName="checked">
          <Checkbox>在用</Checkbox>
        </Form.Item>
        <Form.Item label="次序" name="sort">
          <InputNumber precision={0} />
        </Form.Item>
      </FormModal>
    </>
  );
}

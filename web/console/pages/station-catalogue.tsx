import { useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, InputNumber, Select, Table } from "antd";
import { useState } from "react";
import { post, put } from "../../client/http";
import type { StationCatalogueEntry } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { useCatalogue } from "../station/catalogue";

interface Typed {
  code?: string;
  kind: StationCatalogueEntry["kind"];
  label: string;
  offered: boolean;
  sort: number;
}

const KINDS = { equipment: "设施", service: "服务", check: "每日检查" } as const;

/** The list from which stations choose, and by which masters look round. */
export default function StationCatalogue() {
  const [shown, show] = useState<StationCatalogueEntry | "new">();
  const client = useQueryClient();
  const may = useMay()("station.catalogue");
  const catalogue = useCatalogue();
  const before = typeof shown === "object" ? shown : undefined;
  return (
    <>
      <PageHead
        title="驿站目录"
        note="设施、服务和每日检查项，由最上级工会统一维护；停用的不再出现在选项里，已有记录不变。"
      >
        {may && (
          <Button type="primary" onClick={() => show("new")}>
            新增目录项
          </Button>
        )}
      </PageHead>
      <ProblemNotice problem={catalogue.error} again={() => catalogue.refetch()} />
      <Table<StationCatalogueEntry>
        rowKey="code"
        loading={catalogue.isPending}
        pagination={false}
        scroll={{ x: "max-content" }}
        dataSource={catalogue.data ?? []}
        columns={[
          {
            title: "类别",
            render: (_, row) => KINDS[row.kind],
            filters: Object.entries(KINDS).map(([value, text]) => ({ value, text })),
            onFilter: (value, row) => row.kind === value,
          },
          { title: "名称", dataIndex: "label" },
          { title: "代码", dataIndex: "code" },
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
        title={before ? `修改：${before.label}` : "新增目录项"}
        open={shown !== undefined}
        close={() => show(undefined)}
        initial={before ?? { kind: "equipment", offered: true, sort: 200 }}
        submit={(form, sending) =>
          before
            ? put(`/station-catalogue/${before.code}`, form, { ...sending, tag: `"${before.version}"` })
            : post("/station-catalogue", form, sending)
        }
        done={() => {
          show(undefined);
          client.invalidateQueries({ queryKey: ["/station-catalogue"] });
        }}
      >
        {!before && (
          <>
            <Form.Item label="类别" name="kind">
              <Select options={Object.entries(KINDS).map(([value, label]) => ({ value, label }))} />
            </Form.Item>
            <Form.Item label="代码（小写字母和下划线）" name="code" rules={[{ required: true, message: "请填写代码" }]}>
              <Input maxLength={40} />
            </Form.Item>
          </>
        )}
        <Form.Item label="名称" name="label" rules={[{ required: true, message: "请填写名称" }]}>
          <Input maxLength={30} />
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

import { useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, type TableProps } from "antd";
import { type ReactNode, useState } from "react";
import { post, put } from "../../client/http";
import { FormModal } from "./form-modal";
import { NumberField } from "./number-field";
import { PageHead } from "./page-head";
import { PlainTable } from "./plain-table";
import { ProblemNotice } from "./problem-notice";
import { Word } from "./word";

/** What the entries of every such list have. */
interface Coded {
  code: string;
  label: string;
  offered: boolean;
  version: number;
}

interface CodedListProps<T extends Coded> {
  note: string;
  /** Of the interface, like `/worker-groups`, and the key of the query. */
  path: string;
  asked: { error: unknown; isPending: boolean; refetch: () => unknown };
  rows?: T[];
  /** Whether the list may be changed. */
  may: boolean;
  /** What the button says that adds an entry, and its window. */
  add: [button: string, window: string];
  columns: NonNullable<TableProps<T>["columns"]>;
  /** What a new entry holds at first. */
  fresh: object;
  /** The word for an entry that is offered. */
  offered?: string;
  /** Above the list. */
  about?: ReactNode;
  /** Fields that only a new entry has, before its code. */
  first?: ReactNode;
  /** Its other fields. */
  children: ReactNode;
}

/** A list of codes that is everyone's: entries are added, changed and no longer offered, and never go. */
export function CodedList<T extends Coded>(props: CodedListProps<T>) {
  const { note, path, asked, rows, may, add, columns, fresh, offered = "可选" } = props;
  const [shown, show] = useState<T | "new">();
  const client = useQueryClient();
  const before = typeof shown === "object" ? shown : undefined;
  return (
    <>
      <PageHead note={note}>
        {may && (
          <Button type="primary" onClick={() => show("new")}>
            {add[0]}
          </Button>
        )}
      </PageHead>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      {props.about}
      <PlainTable<T>
        rowKey="code"
        loading={asked.isPending}
        dataSource={rows}
        columns={[
          ...columns,
          {
            title: "状态",
            render: (_, row) => (row.offered ? <Word tone="good">{offered}</Word> : <Word tone="quiet">停用</Word>),
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
      <FormModal<object, unknown>
        title={before ? `修改：${before.label}` : add[1]}
        open={shown !== undefined}
        close={() => show(undefined)}
        initial={before ?? fresh}
        submit={(form, sending) =>
          before
            ? put(`${path}/${before.code}`, form, { ...sending, tag: `"${before.version}"` })
            : post(path, form, sending)
        }
        done={() => {
          show(undefined);
          client.invalidateQueries({ queryKey: [path] });
        }}
      >
        {!before && (
          <>
            {props.first}
            <Form.Item label="代码（小写字母和下划线）" name="code" rules={[{ required: true, message: "请填写代码" }]}>
              <Input maxLength={40} />
            </Form.Item>
          </>
        )}
        {props.children}
        <Form.Item name="offered" valuePropName="checked">
          <Checkbox>{offered}</Checkbox>
        </Form.Item>
        <Form.Item label="次序" name="sort" rules={[{ required: true, message: "请填写次序，小的在前" }]}>
          <NumberField precision={0} />
        </Form.Item>
      </FormModal>
    </>
  );
}

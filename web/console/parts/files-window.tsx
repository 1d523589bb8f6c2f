import { App, Button, Modal } from "antd";
import { type ReactNode, useState } from "react";
import type { Query } from "../../client/http";
import type { DuesFile } from "../../client/types";
import { minute } from "../../shared/words";
import { ListTable } from "./list-table";
import { UndoWindow } from "./undo-window";

export interface FilesProps {
  open: boolean;
  close: () => void;
  done: () => void;
}

interface Props<F, U> extends FilesProps {
  title: string;
  /** Of the interface; what belongs to one file stands below it. */
  path: string;
  asked?: Query;
  unit: string;
  empty: string;
  /** What a file did: a heading, and how much. */
  sums: [string, (row: F) => string][];
  /** What would be taken back. */
  told: (looked: U) => ReactNode;
  /** What was, in a sentence. */
  said: (answer: U) => string;
}

/** Files that were brought in; each may be taken back as a whole, and later what stayed. */
export function FilesWindow<F extends Omit<DuesFile, "entered" | "amount_fen">, U>(props: Props<F, U>) {
  const { title, path, asked, unit, empty, sums, told, said, open, close, done } = props;
  const { message } = App.useApp();
  const [undone, undo] = useState<F>();
  return (
    <Modal open={open} title={title} width={900} footer={null} onCancel={close} destroyOnHidden>
      <ListTable<F>
        path={path}
        asked={asked}
        unit={unit}
        empty={empty}
        columns={[
          { title: "文件", render: (_, row) => <div className="narrow-cell">{row.file_name}</div> },
          { title: "工会", dataIndex: "organisation" },
          ...sums.map(([title, sum]) => ({ title, align: "right" as const, render: (_: unknown, row: F) => sum(row) })),
          { title: "经办人", dataIndex: "actor" },
          { title: "时间", render: (_, row) => minute(row.at) },
          {
            title: "办理",
            render: (_, row) => (
              <div className="narrow-cell">
                {row.undone && `${row.undone_by}已撤回：${row.undone} `}
                <Button type="link" aria-label={`撤回${row.file_name}`} onClick={() => undo(row)}>
                  {row.undone ? "查看未撤回的" : "撤回"}
                </Button>
              </div>
            ),
          },
        ]}
      />
      <UndoWindow<U>
        title={`撤回：${undone?.file_name ?? ""}`}
        path={undone && `${path}/${undone.id}/undo`}
        told={told}
        close={() => undo(undefined)}
        done={(answer) => {
          message.success(said(answer));
          done();
        }}
      />
    </Modal>
  );
}

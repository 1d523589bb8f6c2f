import { App, Button, Modal } from "antd";
import { useState } from "react";
import type { DuesFile, DuesFileUndo } from "../../client/types";
import { count, minute, yuan } from "../../shared/words";
import { ListTable } from "../parts/list-table";
import { UndoWindow } from "../parts/undo-window";

interface Props {
  open: boolean;
  organisation: string;
  close: () => void;
  done: () => void;
}

/** Tables from which dues were entered; each may be taken back as a whole. */
export function DuesFilesWindow({ open, organisation, close, done }: Props) {
  const { message } = App.useApp();
  const [undone, undo] = useState<DuesFile>();
  return (
    <Modal open={open} title="登记过的表格" width={900} footer={null} onCancel={close} destroyOnHidden>
      <ListTable<DuesFile>
        path="/dues-files"
        asked={{ organisation }}
        unit="张表"
        empty="还没有从表格登记过会费。"
        columns={[
          { title: "文件", render: (_, row) => <div className="narrow-cell">{row.file_name}</div> },
          { title: "工会", dataIndex: "organisation" },
          { title: "笔数", align: "right", render: (_, row) => count(row.entered) },
          { title: "金额（元）", align: "right", render: (_, row) => yuan(row.amount_fen) },
          { title: "登记人", dataIndex: "actor" },
          { title: "登记时间", render: (_, row) => minute(row.at) },
          {
            title: "办理",
            render: (_, row) =>
              row.undone ? (
                <div className="narrow-cell">
                  {row.undone_by}已撤回：{row.undone}
                </div>
              ) : (
                <Button type="link" aria-label={`整表撤回${row.file_name}`} onClick={() => undo(row)}>
                  整表撤回
                </Button>
              ),
          },
        ]}
      />
      <UndoWindow<DuesFileUndo>
        title={`整表撤回：${undone?.file_name ?? ""}`}
        path={undone && `/dues-files/${undone.id}/undo`}
        told={(looked) => <Told looked={looked} />}
        close={() => undo(undefined)}
        done={(answer) => {
          message.success(`已撤回 ${answer.entries} 笔，共 ${yuan(answer.amount_fen)} 元。`);
          done();
        }}
      />
    </Modal>
  );
}

function Told({ looked }: { looked: DuesFileUndo }) {
  return (
    <>
      <p>
        将撤回 {count(looked.entries)} 笔，共 {yuan(looked.amount_fen)} 元。记录保留并写明原因，撤回后可以重新登记。
      </p>
      {looked.left > 0 && (
        <>
          <p>有 {count(looked.left)} 笔不撤：</p>
          <ul>
            {looked.why.map((one) => (
              <li key={`${one.name}${one.reason}`}>
                {one.name} {one.reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

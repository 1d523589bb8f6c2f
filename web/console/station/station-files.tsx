import { App, Button, Modal, Table } from "antd";
import { useState } from "react";
import type { StationFileKept, StationFileUndo, StationUndoRow } from "../../client/types";
import { count, minute } from "../../shared/words";
import { ListTable } from "../parts/list-table";
import type { Tone } from "../parts/tones";
import { UndoWindow } from "../parts/undo-window";
import { Word } from "../parts/word";

const VERDICTS: Record<StationUndoRow["verdict"], [string, Tone]> = {
  removed: ["删除", "watch"],
  restored: ["恢复", "good"],
  left: ["不变", "quiet"],
};

interface Props {
  open: boolean;
  close: () => void;
  done: () => void;
}

/** Files of stations that were brought in; each may be taken back as a whole. */
export function StationFilesWindow({ open, close, done }: Props) {
  const { message } = App.useApp();
  const [undone, undo] = useState<StationFileKept>();
  return (
    <Modal open={open} title="导入记录" width={900} footer={null} onCancel={close} destroyOnHidden>
      <ListTable<StationFileKept>
        path="/station-files"
        unit="个文件"
        empty="还没有导入过驿站文件。"
        columns={[
          { title: "文件", render: (_, row) => <div className="narrow-cell">{row.file_name}</div> },
          { title: "工会", dataIndex: "organisation" },
          { title: "新增", align: "right", render: (_, row) => count(row.made) },
          { title: "修改", align: "right", render: (_, row) => count(row.changed) },
          { title: "导入人", dataIndex: "actor" },
          { title: "导入时间", render: (_, row) => minute(row.at) },
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
      <UndoWindow<StationFileUndo>
        title={`撤回：${undone?.file_name ?? ""}`}
        path={undone && `/station-files/${undone.id}/undo`}
        told={(looked) => <Told looked={looked} />}
        close={() => undo(undefined)}
        done={(answer) => {
          message.success(`已删除 ${answer.removed} 个，恢复 ${answer.restored} 个，${answer.left} 个不变。`);
          done();
        }}
      />
    </Modal>
  );
}

function Told({ looked }: { looked: StationFileUndo }) {
  return (
    <>
      <p>
        文件新增、还没有开放也没有业务记录的 {count(looked.removed)} 个将删除；文件修改过的 {count(looked.restored)}{" "}
        个恢复原来的档案；{count(looked.left)} 个不变，原因见下表。
      </p>
      <Table<StationUndoRow>
        className="notice"
        rowKey="station_id"
        size="small"
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: "max-content" }}
        dataSource={looked.rows}
        columns={[
          { title: "编号", dataIndex: "code" },
          { title: "名称", dataIndex: "name" },
          {
            title: "结果",
            render: (_, row) => <Word tone={VERDICTS[row.verdict][1]}>{VERDICTS[row.verdict][0]}</Word>,
          },
          { title: "说明", render: (_, row) => <div className="narrow-cell">{row.words}</div> },
        ]}
      />
    </>
  );
}

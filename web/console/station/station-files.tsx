import type { StationFileKept, StationFileUndo, StationUndoRow } from "../../client/types";
import { count } from "../../shared/words";
import { type FilesProps, FilesWindow } from "../parts/files-window";
import { PlainTable } from "../parts/plain-table";
import type { Tone } from "../parts/tones";
import { Word } from "../parts/word";

const VERDICTS: Record<StationUndoRow["verdict"], [string, Tone]> = {
  removed: ["删除", "watch"],
  restored: ["恢复", "good"],
  left: ["不变", "quiet"],
};

/** Files of stations that were brought in. */
export function StationFilesWindow(window: FilesProps) {
  return (
    <FilesWindow<StationFileKept, StationFileUndo>
      {...window}
      title="导入记录"
      path="/station-files"
      unit="个文件"
      empty="还没有导入过驿站文件。"
      sums={[
        ["新增", (row) => count(row.made)],
        ["修改", (row) => count(row.changed)],
      ]}
      told={(looked) => <Told looked={looked} />}
      said={(answer) => `已删除 ${answer.removed} 个，恢复 ${answer.restored} 个，${answer.left} 个不变。`}
    />
  );
}

function Told({ looked }: { looked: StationFileUndo }) {
  return (
    <>
      <p>
        文件新增、还没有开放也没有业务记录的 {count(looked.removed)} 个将删除；文件修改过的 {count(looked.restored)}{" "}
        个恢复原来的档案；{count(looked.left)} 个不变，原因见下表。
      </p>
      <PlainTable<StationUndoRow>
        className="notice"
        rowKey="station_id"
        size="small"
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
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

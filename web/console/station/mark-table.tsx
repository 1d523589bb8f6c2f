import type { InspectionMark } from "../../client/types";
import { PlainTable } from "../parts/plain-table";
import { Word } from "../parts/word";
import { PhotoLinks } from "./photo-links";

/** The items of a checklist as they were marked, if they were. */
export function MarkTable({ marks, done }: { marks: InspectionMark[]; done: boolean }) {
  return (
    <PlainTable<InspectionMark>
      rowKey="code"
      dataSource={marks}
      columns={[
        { title: "五强", dataIndex: "strength_label" },
        {
          title: "检查内容",
          render: (_, row) => (
            <>
              {row.label} {row.critical && <Word tone="bad">否决项</Word>}
            </>
          ),
        },
        {
          title: "得分",
          align: "right",
          render: (_, row) =>
            row.score === null || row.score === undefined ? (
              <span className="quiet">{done ? "不适用" : `满分 ${row.weight}`}</span>
            ) : (
              `${row.score} / ${row.weight}`
            ),
        },
        { title: "检查情况", render: (_, row) => <div className="wide-cell">{row.note}</div> },
        { title: "照片", render: (_, row) => row.photos.length > 0 && <PhotoLinks photos={row.photos} /> },
      ]}
    />
  );
}

import type { DuesFile, DuesFileUndo } from "../../client/types";
import { count, yuan } from "../../shared/words";
import { type FilesProps, FilesWindow } from "../parts/files-window";

/** Tables from which dues were entered. */
export function DuesFilesWindow({ organisation, ...window }: FilesProps & { organisation: string }) {
  return (
    <FilesWindow<DuesFile, DuesFileUndo>
      {...window}
      title="登记过的表格"
      path="/dues-files"
      asked={{ organisation }}
      unit="张表"
      empty="还没有从表格登记过会费。"
      sums={[
        ["笔数", (row) => count(row.entered)],
        ["金额（元）", (row) => yuan(row.amount_fen)],
      ]}
      told={(looked) => <Told looked={looked} />}
      said={(answer) => `已撤回 ${answer.entries} 笔，共 ${yuan(answer.amount_fen)} 元。`}
    />
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

import { App } from "antd";
import { MendRows } from "./mend-rows";

interface Refused {
  /** Of the table; none where none was handed in. */
  row?: number | null;
  name: string;
  reason: string;
}

/** So many are named. */
const MOST = 100;

/** Says what became of the rows of a table: all of it, or what was left out and why, with a file of that to mend. */
export function useRowsTold() {
  const { message, modal } = App.useApp();
  return (done: string, refused: Refused[], left: string, to_mend?: string | null) => {
    if (refused.length === 0) return message.success(`${done}。`);
    return modal.info({
      title: `${done}；${refused.length} ${left}`,
      width: 600,
      content: (
        <>
          <ul>
            {refused.slice(0, MOST).map((one) => (
              <li key={`${one.row}${one.name}${one.reason}`}>
                {one.row ? `第 ${one.row} 行　` : ""}
                {one.name}：{one.reason}
              </li>
            ))}
            {refused.length > MOST && <li>……另有 {refused.length - MOST} 条</li>}
          </ul>
          <MendRows rows={to_mend} />
        </>
      ),
    });
  };
}

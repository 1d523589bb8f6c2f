import type { StationFault } from "../../client/types";
import { count, minute } from "../../shared/words";
import { ListTable } from "../parts/list-table";
import type { Tone } from "../parts/tones";
import { Word } from "../parts/word";

/** What colour each state has. */
const TONES: Record<StationFault["state"], Tone> = {
  open: "watch",
  broken: "bad",
  mended: "good",
  unfounded: "quiet",
  dropped: "quiet",
};

/** What visitors say is broken or missing at a station; who they are isn't told. */
export function Faults({ station }: { station: string }) {
  return (
    <ListTable<StationFault>
      path={`/stations/${station}/faults`}
      asked={{ limit: 10 }}
      unit="个"
      empty="还没有人反映问题。职工在手机“找驿站”里可以报告设施坏了、东西缺了。"
      columns={[
        { title: "时间", render: (_, row) => minute(row.reported_at) },
        { title: "设施或服务", dataIndex: "item_label" },
        { title: "反映的情况", render: (_, row) => <div className="wide-cell">{row.said.join("；")}</div> },
        { title: "反映人数", align: "right", render: (_, row) => count(row.reporters) },
        { title: "状态", render: (_, row) => <Word tone={TONES[row.state]}>{row.state_label}</Word> },
        { title: "站长答复", render: (_, row) => <div className="wide-cell">{row.answer}</div> },
      ]}
    />
  );
}

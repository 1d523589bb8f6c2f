import { useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { useState } from "react";
import type { StationSupply, StationSupplyMove } from "../../client/types";
import { minute } from "../../shared/words";
import { useFocusBack } from "../parts/focus-back";
import { ListTable } from "../parts/list-table";
import { ReasonWindow } from "../parts/reason-window";
import { TakeBack } from "../parts/take-back";
import { useMay } from "../session";

/** What came of a thing and what went; what was mistyped is taken back. */
export function SupplyMoves({ of, close }: { of: StationSupply; close: () => void }) {
  useFocusBack();
  const may = useMay()("station.correct");
  const client = useQueryClient();
  const [taking, take] = useState<StationSupplyMove>();
  const path = `/station-supplies/${of.id}/moves`;
  const done = () => {
    take(undefined);
    for (const changed of [path, "/station-supplies"]) client.invalidateQueries({ queryKey: [changed] });
  };
  return (
    <Modal open width={720} title={`${of.station} · ${of.name} 出入库记录`} onCancel={close} footer={null}>
      <ListTable<StationSupplyMove>
        path={path}
        asked={{ limit: 20 }}
        unit="条"
        empty="还没有出入库记录。"
        columns={[
          { title: "时间", render: (_, row) => minute(row.happened_at) },
          { title: "事项", dataIndex: "label" },
          {
            title: "数量",
            align: "right",
            render: (_, row) => `${row.change > 0 ? "+" : "−"}${Math.abs(row.change)} ${of.unit}`,
          },
          {
            title: "更正",
            render: (_, row) => (
              <TakeBack reason={row.taken_back} take={may && row.can_be_taken_back && (() => take(row))} />
            ),
          },
        ]}
      />
      {taking && (
        <ReasonWindow
          open
          danger
          title={`撤回这次${taking.label}`}
          okText="撤回"
          text="按原批次记一笔相反的数量；原记录和原因保留。"
          path={`/station-supplies/${of.id}/take-back`}
          beside={{ move_id: taking.id }}
          close={() => take(undefined)}
          done={done}
        />
      )}
    </Modal>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { Button, Space } from "antd";
import { useState } from "react";
import type { StationRating } from "../../client/types";
import { day } from "../../shared/words";
import { ListTable } from "../parts/list-table";
import { ReasonWindow } from "../parts/reason-window";
import { Word } from "../parts/word";
import { useMay } from "../session";

/** What visitors say of a station; who they are isn't told. */
export function Ratings({ station }: { station: string }) {
  const may = useMay()("station.keep");
  const client = useQueryClient();
  const [hiding, hide] = useState<StationRating>();
  const [showing, show] = useState<StationRating>();
  const path = `/stations/${station}/ratings`;
  return (
    <>
      <ListTable<StationRating>
        path={path}
        asked={{ limit: 10 }}
        unit="条"
        empty="还没有评价。职工到站登记后，可以在手机上评价。"
        columns={[
          { title: "日期", render: (_, row) => day(row.said_at) },
          { title: "评分", render: (_, row) => `${row.points} 分` },
          { title: "评价", render: (_, row) => <div className="wide-cell">{row.said}</div> },
          {
            title: "站长回复",
            render: (_, row) => (
              <div className="wide-cell">{row.reply ?? (row.said && <Word tone="watch">未回复</Word>)}</div>
            ),
          },
          {
            title: "办理",
            render: (_, row) =>
              row.hidden ? (
                <Space>
                  <Word tone="quiet">{`已隐藏：${row.hidden}`}</Word>
                  {may && (
                    <Button type="link" onClick={() => show(row)}>
                      恢复显示
                    </Button>
                  )}
                </Space>
              ) : (
                may && (
                  <Button type="link" onClick={() => hide(row)}>
                    隐藏
                  </Button>
                )
              ),
          },
        ]}
      />
      {hiding && (
        <ReasonWindow
          open
          danger
          title="隐藏这条评价"
          okText="隐藏"
          text="隐藏后大家不再看到，也不计入平均分；评价人会看到原因，原因也记入审计。"
          path={`/stations/${station}/hide-rating`}
          beside={{ id: hiding.id }}
          close={() => hide(undefined)}
          done={() => client.invalidateQueries({ queryKey: [path] })}
        />
      )}
      {showing && (
        <ReasonWindow
          open
          title="恢复显示这条评价"
          okText="恢复显示"
          text="误隐藏时使用：大家重新看到这条评价，分数照常计入平均分。"
          path={`/stations/${station}/show-rating`}
          beside={{ id: showing.id }}
          close={() => show(undefined)}
          done={() => client.invalidateQueries({ queryKey: [path] })}
        />
      )}
    </>
  );
}

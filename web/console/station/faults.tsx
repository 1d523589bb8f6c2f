import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Radio } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { post, type Query } from "../../client/http";
import type { StationFault, StationFaultAnswer, StationFaultRow } from "../../client/types";
import { count, minute } from "../../shared/words";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { FAULT_STATES } from "./words";

const PATH = "/station-faults";

interface ListProps {
  asked: Query;
  filters?: ReactNode;
  /** Whether one of them is set. */
  filtered?: boolean;
  /** Whether all are of one station, which needs no name then. */
  own?: boolean;
}

/** What visitors say is broken or missing, and answering it; who they are isn't told. */
export function Faults({ asked, filters, filtered, own = false }: ListProps) {
  const may = useMay()("station.keep");
  const client = useQueryClient();
  const [answering, answer] = useState<StationFaultRow>();
  return (
    <>
      <ListTable<StationFaultRow>
        path={PATH}
        asked={asked}
        unit="个"
        empty="没有人反映问题。职工在手机“找驿站”里可以报告设施坏了、东西缺了。"
        filtered={filtered}
        filters={filters}
        columns={[
          { title: "时间", render: (_, row) => minute(row.reported_at) },
          {
            title: "驿站",
            hidden: own,
            render: (_, row) => (
              <>
                <Link to={`/stations/${row.station_id}`}>{row.station}</Link>
                <div className="quiet">{row.organisation}</div>
              </>
            ),
          },
          { title: "设施或服务", dataIndex: "item_label" },
          { title: "反映的情况", render: (_, row) => <div className="wide-cell">{row.said.join("；")}</div> },
          { title: "反映人数", align: "right", render: (_, row) => count(row.reporters) },
          { title: "状态", render: (_, row) => <Word tone={FAULT_STATES[row.state][1]}>{row.state_label}</Word> },
          { title: "答复", render: (_, row) => <div className="wide-cell">{row.answer}</div> },
          {
            title: "办理",
            hidden: !may,
            render: (_, row) =>
              (row.state === "open" || row.state === "broken") && (
                <Button type="link" onClick={() => answer(row)}>
                  答复
                </Button>
              ),
          },
        ]}
      />
      {answering && (
        <FormModal<Pick<StationFaultAnswer, "state" | "answer">, StationFault>
          open
          title={`${answering.station}：${answering.item_label}`}
          okText="答复"
          close={() => answer(undefined)}
          initial={{ state: "mended" }}
          submit={(typed, sending) => post(`${PATH}/${answering.id}/answer`, typed, sending)}
          done={() => {
            answer(undefined);
            for (const path of [PATH, "/stations"]) client.invalidateQueries({ queryKey: [path] });
          }}
        >
          <p className="quiet">一般由站长核实答复；站长没有处理的，由工会核实后在这里答复，反映的人会收到短信。</p>
          <Form.Item label="核实结果" name="state">
            <Radio.Group
              options={[
                { value: "mended", label: "已恢复正常" },
                ...(answering.state === "open"
                  ? [
                      { value: "broken", label: "确有问题，正在处理" },
                      { value: "unfounded", label: "没发现问题" },
                    ]
                  : []),
              ]}
            />
          </Form.Item>
          <Form.Item label="核实的情况" name="answer" rules={[{ required: true, message: "请写明核实的情况" }]}>
            <Input.TextArea rows={2} maxLength={100} />
          </Form.Item>
        </FormModal>
      )}
    </>
  );
}

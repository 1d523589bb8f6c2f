import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Radio } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { post, type Query } from "../../client/http";
import type { StationFinding, StationPhoto } from "../../client/types";
import { day } from "../../shared/words";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { PhotoLinks } from "./photo-links";
import { Photos } from "./photos";

interface ListProps {
  asked: Query;
  filters?: ReactNode;
  filtered?: boolean;
  empty?: string;
}

/** What inspections found: mended with proof, confirmed or sent back. */
export function Findings({ asked, filters, filtered, empty = "还没有发现问题。" }: ListProps) {
  const may = useMay();
  const client = useQueryClient();
  const [reporting, report] = useState<StationFinding>();
  const [judging, judge] = useState<StationFinding>();
  const [returning, sendBack] = useState<StationFinding>();
  const done = () => {
    report(undefined);
    judge(undefined);
    sendBack(undefined);
    for (const path of ["/station-findings", "/station-inspections", "/stations"])
      client.invalidateQueries({ queryKey: [path] });
  };
  return (
    <>
      <ListTable<StationFinding>
        path="/station-findings"
        asked={asked}
        unit="条问题"
        empty={empty}
        filtered={filtered}
        filters={filters}
        columns={[
          {
            title: "驿站",
            render: (_, row) => (
              <>
                <Link to={`/stations/${row.station_id}`}>{row.station}</Link>
                <div className="quiet">{row.organisation}</div>
              </>
            ),
          },
          {
            title: "问题",
            render: (_, row) => (
              <>
                <Link to={`/station-inspections/${row.inspection_id}`}>{row.wrong}</Link>
                <div className="quiet">{row.item_label}</div>
              </>
            ),
          },
          {
            title: "整改期限",
            render: (_, row) => (
              <>
                {day(row.mend_by)}
                {row.days_late > 0 && (
                  <div>
                    <Word tone="bad">{`逾期 ${row.days_late} 天`}</Word>
                  </div>
                )}
              </>
            ),
          },
          { title: "进度", render: (_, row) => <FindingWord of={row} /> },
          { title: "整改情况", render: (_, row) => (row.mending || row.proof.length > 0) && <Mending of={row} /> },
          {
            title: "办理",
            render: (_, row) => (
              <>
                {row.state !== "mended" && may("station.keep") && (
                  <Button type="link" onClick={() => report(row)}>
                    上报整改
                  </Button>
                )}
                {row.state === "reported" && may("station.inspect") && (
                  <Button type="link" onClick={() => judge(row)}>
                    核验
                  </Button>
                )}
                {row.state === "mended" && may("station.inspect") && (
                  <Button type="link" onClick={() => sendBack(row)}>
                    撤回核验
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {reporting && (
        <FormModal<{ mending: string; proof: StationPhoto[] }, StationFinding>
          open
          title="上报整改"
          okText="上报"
          close={() => report(undefined)}
          initial={{ mending: reporting.mending ?? "", proof: reporting.proof }}
          submit={(typed, sending) =>
            post(`/station-findings/${reporting.id}/report`, { ...typed, proof: typed.proof ?? [] }, sending)
          }
          done={done}
        >
          <p className="quiet">{reporting.wrong}</p>
          <Form.Item label="整改情况" name="mending" rules={[{ required: true, message: "请写明整改情况" }]}>
            <Input.TextArea rows={2} maxLength={200} />
          </Form.Item>
          <Form.Item label="整改后照片（1 至 6 张）" name="proof">
            <Photos organisation={reporting.organisation_id} most={6} />
          </Form.Item>
        </FormModal>
      )}
      {returning && (
        <FormModal<{ answer: string }, StationFinding>
          open
          title="撤回核验"
          okText="撤回核验"
          close={() => sendBack(undefined)}
          submit={(typed, sending) =>
            post(`/station-findings/${returning.id}/judge`, { ...typed, mended: false }, sending)
          }
          done={done}
        >
          <p className="quiet">{returning.wrong}</p>
          <p className="quiet">误点整改完成时使用：这条问题重新列为待整改，须再次上报、核验。</p>
          <Form.Item label="原因" name="answer" rules={[{ required: true, message: "请填写原因" }]}>
            <Input.TextArea rows={2} maxLength={200} />
          </Form.Item>
        </FormModal>
      )}
      {judging && (
        <FormModal<{ mended: boolean; answer?: string }, StationFinding>
          open
          title="核验整改"
          okText="确定"
          close={() => judge(undefined)}
          initial={{ mended: true }}
          submit={(typed, sending) => post(`/station-findings/${judging.id}/judge`, typed, sending)}
          done={done}
        >
          <p className="quiet">{judging.wrong}</p>
          <Mending of={judging} />
          <Form.Item label="结论" name="mended">
            <Radio.Group
              options={[
                { value: true, label: "整改完成" },
                { value: false, label: "退回再改" },
              ]}
            />
          </Form.Item>
          <Form.Item label="意见（退回时必填）" name="answer">
            <Input.TextArea rows={2} maxLength={200} />
          </Form.Item>
        </FormModal>
      )}
    </>
  );
}

function FindingWord({ of }: { of: StationFinding }) {
  const tone = of.state === "mended" ? "good" : of.state === "reported" ? "plain" : "watch";
  return (
    <>
      <Word tone={tone}>{of.state_label}</Word>
      {of.mended_on && <div className="quiet">{day(of.mended_on)}</div>}
      {of.answer && <div className="quiet">{of.answer}</div>}
    </>
  );
}

function Mending({ of }: { of: StationFinding }) {
  return (
    <>
      {of.mending}
      <PhotoLinks photos={of.proof} />
    </>
  );
}

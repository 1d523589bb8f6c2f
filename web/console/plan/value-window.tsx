import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { post } from "../../client/http";
import type { IndicatorView, ValueRow } from "../../client/types";
import { day, minute } from "../../shared/words";
import { AttachmentField, AttachmentLink, handIn } from "../parts/attachment";
import { DayField } from "../parts/day-field";
import type { Chosen } from "../parts/file-field";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { useMay, useToday } from "../session";
import { fieldUnit, numeric, stored } from "./scale";
import { valued } from "./words";

interface Typed {
  value: string;
  day: string;
  note: string;
  file?: Chosen;
}

/** What was recorded by hand for an indicator that the ledger can't know, and recording more. */
export function Values({ indicator, organisation }: { indicator: IndicatorView; organisation: string }) {
  const may = useMay();
  const [opened, open] = useState(false);
  const path = `/indicators/${indicator.id}/values`;
  return (
    <section className="card">
      <h2>填报记录</h2>
      <ListTable<ValueRow>
        path={path}
        unit="次"
        empty="还没有填报。"
        acts={may("plan.record") && <Button onClick={() => open(true)}>填报</Button>}
        columns={[
          { title: "截至", dataIndex: "day", render: day },
          { title: "单位", dataIndex: "organisation" },
          { title: "数值", align: "right", render: (_, row) => valued(indicator, row.value) },
          { title: "依据", dataIndex: "note" },
          {
            title: "依据文件",
            render: (_, row) => <AttachmentLink file={row.evidence} />,
          },
          { title: "填报时间", dataIndex: "at", render: minute },
        ]}
      />
      <ValueWindow indicator={indicator} organisation={organisation} open={opened} close={() => open(false)} />
    </section>
  );
}

interface WindowProps {
  indicator: IndicatorView;
  organisation: string;
  open: boolean;
  close: () => void;
}

function ValueWindow({ indicator, organisation, open, close }: WindowProps) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const today = useToday();
  const { id, scale, unit } = indicator;
  return (
    <FormModal<Typed, ValueRow>
      title={`填报：${indicator.name}`}
      open={open}
      close={close}
      initial={{ day: today }}
      submit={async (typed, sending) => {
        const { value, day, note } = typed;
        const evidence_id = await handIn(typed.file, organisation);
        const body = { day, note, evidence_id, value: stored(scale, value), organisation_id: organisation };
        return post<ValueRow>(`/indicators/${id}/values`, body, sending);
      }}
      done={() => {
        message.success("已填报");
        close();
        client.invalidateQueries();
      }}
    >
      <Form.Item
        label="截至当日的累计数"
        name="value"
        rules={[{ required: true, message: "请填写数值" }, numeric(scale)]}
      >
        <Input inputMode="decimal" suffix={fieldUnit(scale, unit)} />
      </Form.Item>
      <DayField label="截至日期" name="day" required max={today} />
      <Form.Item label="依据（文件名、文号、存放处）" name="note" rules={[{ required: true, message: "请写明依据" }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <AttachmentField label="依据文件（选填）" />
    </FormModal>
  );
}

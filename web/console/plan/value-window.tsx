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
import { ReasonWindow } from "../parts/reason-window";
import { Word } from "../parts/word";
import { useMay, useToday } from "../session";
import { fieldUnit, numeric, stored } from "./scale";
import { valued } from "./words";

interface Typed {
  value: string;
  day: string;
  note: string;
  file?: Chosen;
}

interface Props {
  indicator: IndicatorView;
  /** Whose values are recorded: what it tells stands for all below it. */
  organisation: { id: string; name: string; hasBelow: boolean };
}

/** What was recorded by hand for an indicator that the ledger can't know, recording more, and taking back what was wrong. */
export function Values({ indicator, organisation }: Props) {
  const may = useMay();
  const client = useQueryClient();
  const [opened, open] = useState(false);
  const [wrong, reverse] = useState<ValueRow>();
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
          {
            title: "状态",
            render: (_, row) =>
              row.reversed_at ? (
                <Word tone="quiet">已冲销：{row.reversed_because}</Word>
              ) : (
                may("plan.record") && (
                  <Button type="link" size="small" onClick={() => reverse(row)}>
                    冲销
                  </Button>
                )
              ),
          },
        ]}
      />
      <ReasonWindow
        title={`冲销填报：${wrong?.organisation ?? ""} ${valued(indicator, wrong?.value)}`}
        text={`冲销后，恢复为此前的填报数${indicator.cumulative ? "；此前没有填报的，为下级填报数的合计" : ""}。`}
        okText="冲销"
        danger
        path={`/indicator-values/${wrong?.id}/reverse`}
        open={wrong !== undefined}
        close={() => reverse(undefined)}
        done={() => client.invalidateQueries()}
      />
      <ValueWindow indicator={indicator} organisation={organisation} open={opened} close={() => open(false)} />
    </section>
  );
}

interface WindowProps extends Props {
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
        const evidence_id = await handIn(typed.file, organisation.id);
        const body = { day, note, evidence_id, value: stored(scale, value), organisation_id: organisation.id };
        return post<ValueRow>(`/indicators/${id}/values`, body, sending);
      }}
      done={() => {
        message.success("已填报");
        close();
        client.invalidateQueries();
      }}
    >
      <p>
        填报单位：<b>{organisation.name}</b>
        {organisation.hasBelow &&
          indicator.cumulative &&
          "。填报数包括所有下级：填报后以它为准，不再把下级填报的数相加。"}
      </p>
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
